"""Letters say what is to be done, and nothing about the person."""

from datetime import datetime
from uuid import UUID

import pytest

from bedspace.store import Tx
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY
from gateway.access.links import nsi_of_token
from gateway.delivery.compose import Letter, WriteLetter, Writer, address
from gateway.delivery.message import message_of
from schemas.errors import Refused
from tests.delivery.conftest import CANARIES, MESSAGE, NSI

SECRET = b"invented secret of thirty-two by"
WRITER = Writer(secret=SECRET, link_base="http://127.0.0.1:8000", invented=True)

Owner = Tx


async def letter(house: House, purpose: str, subject: str) -> Letter:
    return await act(house, GATEWAY, WRITER.write, WriteLetter(purpose=purpose, subject=subject))


async def to_spoc(house: House) -> Letter:
    return await letter(house, "nsi_to_spoc", f"nsi:{NSI}")


async def reply(house: House) -> Letter:
    return await letter(house, "reply_to_sender", f"inbox:{MESSAGE}")


async def test_the_spoc_learns_reference_kind_state_dates_and_where_to_open_it(house: House, nsi: UUID) -> None:
    written = await to_spoc(house)
    assert written.to == "spoc.inventon@example.invalid"
    assert written.subject == "[invented] NSI-000001: case transfer for you, not yet confirmed"
    for words in (
        "everything it is about is invented",
        "single point of contact of Inventon",
        "State: unconfirmed",
        f"Open it: http://127.0.0.1:8000/nsis/{nsi}\n",
        "- 24 November 2026: Written confirmation (T-02)\n",
    ):
        assert words in written.text


async def test_a_confirmed_nsi_is_told_to_the_spoc_as_confirmed(house: House, nsi: UUID, owner: Owner) -> None:
    await owner.execute("update nsi set status = 'raised'")
    written = await to_spoc(house)
    assert "not yet confirmed" not in written.subject
    assert "State: confirmed" in written.text


async def test_the_sender_gets_a_link_that_confirms_and_the_names_of_what_is_missing(
    house: House, nsi: UUID, now: datetime
) -> None:
    written = await reply(house)
    assert (written.to, written.answers) == ("pat@probation.example.invalid", "<abc@example.invalid>")
    assert written.subject == "[invented] Your message became NSI-000001"
    (link,) = [line for line in written.text.splitlines() if "/confirm/" in line]
    assert nsi_of_token(SECRET, link.removeprefix("http://127.0.0.1:8000/confirm/"), now) == nsi
    assert "works until 6 December 2026" in written.text
    assert "\n- the date of birth\n- the MAPPA category and level\n" in written.text
    assert "you sent at 10:00 on 22 November 2026" in written.text


async def test_a_sender_who_has_confirmed_already_gets_no_link_to_confirm(
    house: House, nsi: UUID, owner: Owner
) -> None:
    await owner.execute("update nsi set status = 'received'")
    written = await reply(house)
    assert "/confirm/" not in written.text
    assert "NSI-000001 is confirmed" in written.text


async def test_the_sender_of_a_message_in_review_learns_what_is_missing_and_what_happens_next(
    house: House, nsi: UUID, owner: Owner
) -> None:
    await owner.execute("update nsi set inbox_id = null")
    await owner.execute(
        "update inbox set state = 'review', reason = 'canary reason', missing = '{identifier,destination}'"
    )
    written = await reply(house)
    assert written.subject == "[invented] Your message waits for a person to read it"
    assert "\n- a CRN, prison number or PNC number, or the date of birth\n- where to: a postcode" in written.text
    assert "What happens next: your message is kept" in written.text
    assert "Reference: message 00000000" in written.text


@pytest.mark.parametrize("state", ["prepared", "raised", "review"])
async def test_no_mail_says_anything_about_the_person(house: House, nsi: UUID, owner: Owner, state: str) -> None:
    if state == "review":
        await owner.execute("update nsi set inbox_id = null")
        await owner.execute("update inbox set state = 'review', reason = 'Zebedee Example-Canary'")
    else:
        await owner.execute("update nsi set status = $1", state)
    for written in (await to_spoc(house), await reply(house)):
        mail = message_of(written, sender="gateway@bedspace.invalid", message_id=NSI, now=house.now())
        for form in (mail.as_string(), mail.get_content(), str(written.disclosed_to)):
            assert not [canary for canary in CANARIES if canary.lower() in form.lower()]


async def test_a_real_database_writes_nothing_of_inventions(house: House, nsi: UUID) -> None:
    real = Writer(secret=SECRET, link_base="https://bedspace.example.invalid", invented=False)
    for purpose, subject in (("nsi_to_spoc", f"nsi:{NSI}"), ("reply_to_sender", f"inbox:{MESSAGE}")):
        written = await act(house, GATEWAY, real.write, WriteLetter(purpose=purpose, subject=subject))
        assert "invented" not in (written.subject + written.text).lower().replace("inventon", "")


@pytest.mark.parametrize(
    "change", ["sender_email = null", "sender_email = ''", """draft = '{"automatic": "auto-reply"}'"""]
)
async def test_nobody_and_no_machine_is_answered(house: House, nsi: UUID, owner: Owner, change: str) -> None:
    await owner.execute(f"update inbox set {change}")
    with pytest.raises(Refused, match="nobody to answer"):
        await reply(house)


async def test_an_nsi_without_a_spoc_is_refused_with_what_to_do(house: House, nsi: UUID, owner: Owner) -> None:
    await owner.execute("update nsi set spoc_id = null")
    with pytest.raises(Refused, match="Name one, then replay"):
        await to_spoc(house)


@pytest.mark.parametrize("given", ["", "nobody", "a@b\r\nBcc: c@d", "a@b, c@d", "Sam <a@b>", "a b@c", "<a@b>"])
def test_only_one_plain_address_is_written_to(given: str) -> None:
    with pytest.raises(Refused):
        address(given)


@pytest.mark.parametrize("strange", ["<abc@x>\r\nBcc: <c@d>", "abc", "<a b@c>", "<>", "<" + "a" * 300 + "@b>"])
async def test_a_strange_message_id_is_not_repeated(house: House, nsi: UUID, owner: Owner, strange: str) -> None:
    await owner.execute("update inbox set message_id = $1", strange)
    written = await reply(house)
    assert written.answers == ""


async def test_a_mail_says_that_a_machine_wrote_it(house: House, nsi: UUID) -> None:
    mail = message_of(await reply(house), sender="gateway@bedspace.invalid", message_id=NSI, now=house.now())
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["In-Reply-To"] == "<abc@example.invalid>"
    assert mail["Message-ID"] == f"<{NSI}@bedspace.invalid>"
    assert mail["Date"] == "Sun, 22 Nov 2026 10:00:00 +0000"
