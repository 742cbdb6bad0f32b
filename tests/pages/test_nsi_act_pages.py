"""What is done with an NSI from its page: each act with its form, its errors, and who is offered it."""

from typing import Any
from uuid import UUID

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.intake.settle import Settler
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.read import read_nsi
from schemas.nsis import ConfirmNsi, Nsi, ReadNsi
from tests.api.serving import Served
from tests.messages import draft, reading, settled
from tests.pages.visitor import heading, text_of, visiting


async def sent(served: Served, house: House, **facts: Any) -> UUID:
    """To Leeds from York unless it says else, and confirmed."""
    item = await settled(house, Settler(served.opening.works.postcodes), reading(draft(**facts)))
    await act(house, OPERATOR, confirm_nsi, ConfirmNsi(id=item.nsi_ids[0]))
    return item.nsi_ids[0]


async def read(house: House, nsi: UUID) -> Nsi:
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi))


def line(nsi: Nsi, kind: str) -> int:
    return next(one.n for one in nsi.actions if one.kind == kind)


def day(name: str, day: str, month: str = "11", year: str = "2026") -> dict[str, str]:
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


async def test_t_25_who_receives_takes_an_nsi_from_raised_to_in_progress_and_cannot_withdraw_it(
    served: Served, house: House
) -> None:
    at = f"/nsis/{await sent(served, house)}"
    async with visiting(served, "spoc") as visitor:
        page = await visitor.get(at)
        assert "Receive it Receiving practitioner" in text_of(page)
        assert f'href="{at}/receive"' in page.text
        for absent in ("withdraw", "change", "no-move", "complete", "start"):
            assert f'href="{at}/{absent}"' not in page.text
        assert "It is received." in text_of(await visitor.post(f"{at}/receive"))
        refused = await visitor.post(f"{at}/allocate", {"team": "", "officer": "Sam Invented"})
        assert refused.status_code == 422
        assert "Give this: Team" in text_of(refused)
        assert 'value="Sam Invented"' in refused.text
        done = await visitor.post(f"{at}/allocate", {"team": "East", "officer": "Sam Invented"})
        assert "Allocated to Sam Invented, East" in text_of(done)
        assert "It is in progress." in text_of(await visitor.post(f"{at}/start"))
        open_ones = await visitor.post(f"{at}/complete")
        assert open_ones.status_code == 422
        assert "cannot be completed while this is open" in text_of(open_ones)
        assert (await visitor.get(f"{at}/receive")).status_code == 409
        assert (await visitor.get(f"{at}/nonsense")).status_code == 404
        assert (await visitor.post(f"{at}/withdraw")).status_code == 403
        queue = await visitor.get("/nsis?who=team+East")
        assert at in queue.text
        assert at not in (await visitor.get("/nsis?who=team+West")).text
        assert at not in (await visitor.get("/nsis?side=sending")).text
    async with visiting(served, "inspector") as visitor:
        assert "What else you can do" not in (await visitor.get(at)).text
        assert (await visitor.get(f"{at}/allocate")).status_code == 403


async def test_c_02_who_sends_changes_the_day_or_says_that_there_is_no_move(served: Served, house: House) -> None:
    outward = {"destination": "YO1 9TL", "address": None, "sending": "Leeds PDU"}
    at = f"/nsis/{await sent(served, house, **outward)}"
    async with visiting(served, "practitioner") as visitor:
        assert f'href="{at}/receive"' not in (await visitor.get(at)).text
        reason = {"reason": "move_later"}
        past = await visitor.post(f"{at}/change", reason | day("move_on", "1"))
        assert past.status_code == 422
        assert "Give today or a day ahead." in text_of(past)
        assert 'href="#move_on-day"' in past.text
        wrong = await visitor.post(f"{at}/change", reason | {"destination": "Nowhere-at-all"})
        assert wrong.status_code == 422
        after = await visitor.post(f"{at}/change", reason | day("move_on", "29", "12"))
        assert "29 December 2026" in text_of(after)
        assert (await visitor.post(f"{at}/no-move", {"reason": ""})).status_code == 422
        assert "there is no move" in text_of(await visitor.post(f"{at}/no-move", {"reason": "changed_mind"}))


async def test_an_action_is_closed_by_the_evidence_its_kind_asks_for_kept_meanwhile_and_opened_again(
    served: Served, house: House
) -> None:
    nsi = await read(house, await sent(served, house))
    at, n = f"/nsis/{nsi.id}", line(nsi, "police_check")
    async with visiting(served, "spoc") as visitor:
        begun = {"force": "west_yorkshire", **day("asked_on", "20"), **day("returned_on", ""), "concern": ""}
        kept = await visitor.post(
            f"{at}/actions/{n}", begun | {"then": "later", "returned_on-month": "", "returned_on-year": ""}
        )
        assert "The line is still open." in text_of(kept)
        page = await visitor.get(f"{at}/actions/{n}")
        assert 'value="20"' in page.text
        assert "Police force: West Yorkshire" in text_of(kept)
        assert "Asked on: 20 Nov 2026" in text_of(kept)
        assert (
            "West Yorkshire"
            in text_of(await visitor.get("/police-checks?force=west_yorkshire")).partition("Longest")[2]
        )
        assert "No police check is recorded" in text_of(await visitor.get("/police-checks?force=humberside"))
        begun |= {"returned_on-month": "", "returned_on-year": ""}
        lacking = await visitor.post(f"{at}/actions/{n}", begun)
        assert lacking.status_code == 422
        assert "Say it before this is closed: returned on." in text_of(lacking)
        assert 'href="#returned_on-day"' in lacking.text
        nonsense = await visitor.post(f"{at}/actions/{n}", begun | day("returned_on", "31"))
        assert "Give a real date" in text_of(nonsense)
        done = await visitor.post(f"{at}/actions/{n}", begun | day("returned_on", "21") | {"concern": "no"})
        assert "closed by its evidence" in text_of(done)
        assert "Anything of concern: No" in text_of(done)
        assert (await visitor.get(f"{at}/actions/{n}")).status_code == 409
        assert (await visitor.post(f"{at}/actions/{n}/reopen", {"why": ""})).status_code == 422
        assert "is open again" in text_of(await visitor.post(f"{at}/actions/{n}/reopen", {"why": "Another force"}))
        assert "kept who does it" in text_of(await visitor.post(f"{at}/actions/{n}/assign", {"to": "Sam"}))
        skipped = await visitor.post(f"{at}/actions/{n}/skip", {"why": "Done by the prison"})
        assert "Not applicable: Done by the prison" in text_of(skipped)
        added = await visitor.post(
            f"{at}/add-action",
            {"title": "Ring the hostel", "owner": "receiving practitioner", "to": ""} | day("due", "1", "12"),
        )
        assert "Ring the hostel" in text_of(added)
        assert (await visitor.get(f"{at}/actions/999")).status_code == 404


async def test_t_19_only_whom_its_kind_names_is_offered_to_skip_what_is_mandatory(served: Served, house: House) -> None:
    nsi = await read(house, await sent(served, house))
    at, n = f"/nsis/{nsi.id}", line(nsi, "aco_oversight_receiving")
    async with visiting(served, "spoc") as visitor:
        assert f"{at}/actions/{n}/skip" not in (await visitor.get(at)).text
        refused = await visitor.get(f"{at}/actions/{n}/skip")
        assert "skipped by an assistant chief officer or the national lead only" in text_of(refused)
    async with visiting(served, "aco") as visitor:
        assert f"{at}/actions/{n}/skip" in (await visitor.get(at)).text
        done = await visitor.post(f"{at}/actions/{n}/skip", {"why": "Seen by the deputy"})
        assert "Skipped: Seen by the deputy" in text_of(done)


async def test_t_26_clocks_are_paused_within_their_limit_and_concerns_shown_and_answered(
    served: Served, house: House
) -> None:
    nsi = await read(house, await sent(served, house))
    at = f"/nsis/{nsi.id}"
    async with visiting(served, "practitioner") as visitor:
        assert f"{at}/clocks/T-14/pause" not in (await visitor.get(at)).text
        said = await visitor.post(f"{at}/concern", {"said": "Nobody answers.", "rule": "T-14"})
        assert "T-14 : Nobody answers." in text_of(said)
        assert "1 open escalation" in text_of(await visitor.get("/nsis"))
        assert "The note is added." in text_of(await visitor.post(f"{at}/note", {"text": "Telephoned at ten."}))
        assert "met by hand" not in (await visitor.get(f"{at}/clocks/T-05/met")).text
        met = await visitor.post(f"{at}/clocks/T-05/met", day("on", "21"))
        assert "The rule is met." in text_of(met)
        late = await visitor.post(f"{at}/documents/assessment", {"need": "required", "complete": "yes"})
        assert "Say first when it was received." in text_of(late)
        paper = (
            {"need": "required", "complete": "no", "lacking": "Page 3"}
            | day("sent_on", "20")
            | day("received_on", "21")
        )
        assert "Page 3" in text_of(await visitor.post(f"{at}/documents/assessment", paper))
    async with visiting(served, "spo") as visitor:
        assert f"{at}/clocks/T-14/pause" in (await visitor.get(at)).text
        long = await visitor.post(
            f"{at}/clocks/T-14/pause", {"reason": "in_hospital"} | day("until", "20", "6", "2027")
        )
        assert long.status_code == 422
        assert "working days in all" in text_of(long)
        paused = await visitor.post(f"{at}/clocks/T-14/pause", {"reason": "in_hospital"} | day("until", "30"))
        assert "Paused until 30 Nov 2026" in text_of(paused)
        assert "The clock goes on." in text_of(await visitor.post(f"{at}/clocks/T-14/resume"))
        told = (await read(house, nsi.id)).escalations[0]
        answered = await visitor.post(f"{at}/escalations/{told.id}", {"answer": "Telephoned their SPO."})
        assert "“Telephoned their SPO.”" in text_of(answered)


async def test_a_named_reader_reviews_the_file_with_reasons(served: Served, house: House) -> None:
    at = f"/nsis/{await sent(served, house)}"
    async with visiting(served, "inspector") as visitor:
        assert f'href="{at}/review"' in (await visitor.get(at)).text
        assert (await visitor.post(f"{at}/review")).status_code == 422
        bare = await visitor.post(f"{at}/review", {"aco_involved": "not_met"})
        assert "Say why it was not" in text_of(bare)
        assert 'href="#why-aco_involved"' in bare.text
        why = {"aco_involved": "not_met", "why-aco_involved": "No name in the file."}
        assert "Your answers are kept." in text_of(await visitor.post(f"{at}/review", why))
        assert "No name in the file." in (await visitor.get(f"{at}/review")).text
    async with visiting(served, "national_lead") as visitor:
        assert "What others have found" in text_of(await visitor.get(f"{at}/review"))
    async with visiting(served, "spoc") as visitor:
        assert (await visitor.get(f"{at}/review")).status_code == 403


async def test_two_nsis_found_to_be_one_are_merged_from_the_page_and_apart_again(served: Served, house: House) -> None:
    one = await sent(served, house)
    other = await read(house, await sent(served, house, move_on=(await read(house, one)).move_on.replace(day=19)))
    async with visiting(served, "spoc") as visitor:
        wrong = await visitor.post(f"/nsis/{one}/merge", {"into": "NSI-999999"})
        assert "There is no such NSI within your reach." in text_of(wrong)
        merged = await visitor.post(f"/nsis/{one}/merge", {"into": other.reference})
        assert f"found to be the same as {other.reference}" in text_of(merged)
        assert f'href="/nsis/{one}/receive"' not in merged.text
        assert "They are two again." in text_of(await visitor.post(f"/nsis/{one}/unmerge"))
        assert heading(await visitor.get(f"/nsis/{one}/unmerge")) == "This has changed"
