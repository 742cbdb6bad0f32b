"""Two records of one person made one by somebody, and apart again exactly as they were."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from bedspace.premises.keep import keep_premises
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.cases.contacts import record_contact
from gateway.cases.needs import ask_needs
from gateway.cases.registrations import register_person
from gateway.cases.sentences import record_sentence
from gateway.intake.settle import Settler
from gateway.people.identify import add_alias, record_identifier
from gateway.people.keep import limit_access
from gateway.people.meetings import record_check, record_pair
from gateway.people.merge import merge_people, unmerge_people
from gateway.transfers.caretaking import record_caretaking
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.hand_over import take_over
from gateway.transfers.read import read_nsi
from schemas.contacts import RecordContact
from schemas.custody import RecordCaretaking, TakeOver
from schemas.errors import Conflict, Invalid, NotThere
from schemas.identity import AddAlias, MergePeople, PeopleMerged, RecordIdentifier, UnmergePeople
from schemas.meetings import RecordCheck, RecordPair
from schemas.needs import AskNeeds, NewNeed
from schemas.nsis import ConfirmNsi, ReadNsi
from schemas.people import LimitAccess
from schemas.registrations import RegisterPerson
from schemas.sentences import RecordSentence
from tests.conftest import NOW
from tests.messages import LEEDS, YORK, prepared
from tests.placements.placing import Clock, somebody
from tests.premises.making import premises

SPO = Actor(id="spo-york", name="Lee Example", role="spo", pdus=("N55YRK",))
TABLES = (
    *("nsi", "release", "placement", "suitability", "contact", "enforcement", "sentence", "registration"),
    *("person_need", "person_alias", "person_identifier", "person_allowed", "caretaking", "responsibility"),
    *("meeting_check", "must_not_meet", "bed_claim", "bed_claim_history", "presence", "person_kept", "hard_to_place"),
)


@pytest.fixture
async def owner(database: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database)
    await connection.execute(
        "select set_config('bedspace.nation', 'on', false), set_config('bedspace.everyone', 'on', false)"
    )
    yield connection
    await connection.close()


async def somebody_with_an_nsi(house: House, settler: Settler, n: int, **more: Any) -> UUID:
    """Between York and Leeds; every one a person of their own."""
    name = f"{'ABCDEFGH'[n] * 5} {['Invented', 'Imaginary', 'Pretend', 'Notional'][n % 4]}"
    nsi = await prepared(
        house,
        settler,
        **{
            "crn": f"X70000{n}",
            "noms": f"A700{n}BC",
            "name": name,
            "birth_date": date(1970 + n, 1, 2),
            "rosh": "medium",
            "move_on": date(2026, 12, 18) + timedelta(days=n),
        }
        | more,
    )
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=nsi.id))
    return nsi.person.id


@pytest.fixture
async def two(house: House, settler: Settler) -> tuple[UUID, UUID]:
    return await somebody_with_an_nsi(house, settler, 0), await somebody_with_an_nsi(house, settler, 1)


async def merged(house: House, kept: UUID | str, gone: UUID | str, actor: Actor = OPERATOR) -> PeopleMerged:
    command = MergePeople(person=str(kept), merged=str(gone), reason="The fingerprints are the same.")
    return await act(house, actor, merge_people, command)


async def unmerged(house: House, kept: UUID, merge: UUID, actor: Actor = OPERATOR) -> PeopleMerged:
    command = UnmergePeople(person=str(kept), merge=merge, reason="They are brothers.")
    return await act(house, actor, unmerge_people, command)


async def state(owner: asyncpg.Connection) -> dict[str, list[str]]:
    """Everything about everybody."""
    found = {}
    for table in TABLES:
        rows = await owner.fetch(f"select to_jsonb(t) - 'changed_at' as row from {table} t")  # ours
        found[table] = sorted(row["row"] for row in rows)
    found["person"] = sorted(row[0] for row in await owner.fetch("select to_jsonb(p) from person p"))
    return found


async def much(house: House, person: UUID, n: int) -> None:
    """Of everything a little."""
    who, begun = str(person), NOW - timedelta(days=30 + n)
    contact = RecordContact(person=who, at=begun, kind="appointment", outcome="unacceptable_absence", pdu="N55YRK")
    await act(house, OPERATOR, record_contact, contact)
    order = RecordSentence(person=who, kind="order", code="cro", starts_on=date(2026, 1, 5 + n), event_number=n + 1)
    await act(house, OPERATOR, record_sentence, order)
    await act(house, OPERATOR, register_person, RegisterPerson(person=who, kind="rosh", level="high", pdu="N55YRK"))
    await act(house, OPERATOR, ask_needs, AskNeeds(person=who, needs=[NewNeed(kind="diet", note=f"Diet {n}")]))
    await act(house, OPERATOR, add_alias, AddAlias(person=who, name=f"Alias {n % 2}"))
    former = RecordIdentifier(person=who, kind="noms", value=f"B{n:04}AA")
    await act(house, OPERATOR, record_identifier, former)
    other = f"Z99000{n}"
    await act(house, OPERATOR, record_pair, RecordPair(person=who, other=other, kind="rival", source="prison"))
    await act(house, OPERATOR, record_check, RecordCheck(person=who, outcome="recorded", against=["prison"]))
    span: dict[str, Any] = {"from_": date(2026, 10, 1 + 5 * n), "until": date(2026, 10, 4 + 5 * n)}
    await act(house, OPERATOR, record_caretaking, RecordCaretaking(person=who, by_pdu="N55LEE", **span))


async def test_whatever_is_of_the_merged_record_follows_the_kept_one(
    house: House, owner: asyncpg.Connection, two: tuple[UUID, UUID]
) -> None:
    kept, gone = two
    await much(house, gone, 1)
    done = await merged(house, kept, gone, SPO)
    assert {what: n for what, n in done.moved.items() if n} == {
        "nsi": 1, "contact": 1, "sentence": 1, "registration": 1, "person_need": 1,
    }  # fmt: skip
    left = {
        table: await owner.fetchval(f"select count(*) from {table} where person_id = $1", gone)  # ours
        for table in TABLES
        if table not in ("person_kept",)
    }
    assert {table: n for table, n in left.items() if n} == {"responsibility": 1, "person_alias": 1}
    nsis = await owner.fetch("select id from nsi where person_id = $1", kept)
    assert len(nsis) == 2
    whole = await act(house, LEEDS, read_nsi, ReadNsi(id=nsis[1]["id"]))
    assert whole.person.id == kept


async def test_a_message_under_a_former_crn_or_name_finds_the_kept_record(
    house: House, settler: Settler, owner: asyncpg.Connection, two: tuple[UUID, UUID]
) -> None:
    kept, gone = two
    await merged(house, kept, gone)
    for n, more in enumerate(({"crn": "X700001", "noms": None}, {"crn": None, "noms": "A7001BC"})):
        nsi = await prepared(
            house,
            settler,
            **more,
            name="BBBBB Imaginary",
            birth_date=date(1970, 1, 2),
            move_on=date(2027, 3, 1 + n),
        )
        assert nsi.person.id == kept
    for text in ("X700000", "X700001", str(gone), str(kept)):
        told = await act(house, YORK, add_alias, AddAlias(person=text, name="Nick Name"))
        assert told.person == kept
    by_name = await prepared(
        house, settler, crn=None, noms=None, name="Nick Name", birth_date=date(1970, 1, 2), move_on=date(2027, 4, 1)
    )
    assert by_name.person.id == kept


async def test_what_is_written_for_a_merged_record_goes_to_the_kept_one(
    house: House, owner: asyncpg.Connection, two: tuple[UUID, UUID]
) -> None:
    kept, gone = two
    await merged(house, kept, gone)
    await owner.execute(
        "insert into contact (id, person_id, at, kind, outcome, recorded_at, recorded_by) "
        "values ($1, $2, now(), 'other', 'attended', now(), 'x')",
        uuid4(),
        gone,
    )
    assert await owner.fetchval("select count(*) from contact where person_id = $1", kept) == 1


async def test_an_unmerge_is_exact_and_what_came_since_stays_with_the_kept_record(
    house: House, owner: asyncpg.Connection, two: tuple[UUID, UUID]
) -> None:
    kept, gone = two
    for n, person in enumerate(two):
        await much(house, person, n)
    before = await state(owner)
    done = await merged(house, kept, gone)
    assert await state(owner) != before
    contact = RecordContact(person=str(gone), at=NOW, kind="appointment", outcome="attended", pdu="N55YRK")
    await act(house, OPERATOR, record_contact, contact)
    await unmerged(house, kept, done.merge)
    after = await state(owner)
    since = [row for row in after.pop("contact") if row not in before["contact"]]
    before.pop("contact")
    assert (len(since), str(kept) in since[0]) == (1, True)
    assert after == before
    with pytest.raises(Conflict, match="two records again already"):
        await unmerged(house, kept, done.merge)


async def test_random_merges_and_unmerges_come_back_to_the_same_state(
    house: House, settler: Settler, owner: asyncpg.Connection
) -> None:
    draw = Random(4)
    people = [await somebody_with_an_nsi(house, settler, n) for n in range(4)]
    people.append(await somebody_with_an_nsi(house, settler, 4, crn=None, noms=None))
    for n, person in enumerate(people):
        await much(house, person, n)
    before = await state(owner)
    for _ in range(4):
        open_ones: list[PeopleMerged] = []
        standing = list(people)
        while len(standing) > 1 and draw.random() < 0.85:
            kept, gone = draw.sample(standing, 2)
            open_ones.append(await merged(house, kept, gone))
            standing.remove(gone)
        while open_ones:
            done = draw.choice(open_ones)
            try:
                await unmerged(house, done.kept, done.merge)
            except Conflict as error:
                assert "merged into a further one since" in str(error)  # noqa: PT017  # one of two answers
            else:
                open_ones.remove(done)
        assert await state(owner) == before


async def test_of_two_merges_of_one_record_at_once_one_is_done(
    house: House, settler: Settler, two: tuple[UUID, UUID]
) -> None:
    third = await somebody_with_an_nsi(house, settler, 2)
    both = await asyncio.gather(
        merged(house, two[0], two[1]),
        merged(house, third, two[1]),
        merged(house, two[1], two[0]),
        return_exceptions=True,
    )
    done = [one for one in both if isinstance(one, PeopleMerged)]
    assert 1 <= len(done) <= 2
    assert all(isinstance(one, PeopleMerged | Conflict | Invalid) for one in both), both
    merges = {one.merged for one in done}
    assert len(merges) == len(done)


async def test_a_contact_recorded_while_the_records_are_merged_is_not_left_behind(
    house: House, owner: asyncpg.Connection, two: tuple[UUID, UUID]
) -> None:
    kept, gone = two

    async def record(n: int) -> None:
        contact = RecordContact(
            person=str(gone), at=NOW - timedelta(hours=n), kind="appointment", outcome="attended", pdu="N55YRK"
        )
        await act(house, OPERATOR, record_contact, contact)

    await asyncio.gather(*(record(n) for n in range(6)), merged(house, kept, gone))
    assert await owner.fetchval("select count(*) from contact where person_id = $1", kept) == 6


async def in_beds(house: House, *nights: tuple[int, date]) -> list[UUID]:
    """Persons of their own, booked in one house from a night on."""
    await act(house, OPERATOR, keep_premises, premises(rooms=((), (), ())))
    clock = Clock(house.pool, NOW)
    found = []
    for bed, (n, first) in enumerate(nights, 1):
        placement = await clock.booked(f"AP1-{bed}", somebody(n), arrives_on=first, nights=10)
        found.append((await clock.read(placement)).person.id)
    return found


async def test_two_who_have_beds_for_the_same_nights_are_not_one_person(
    house: House, owner: asyncpg.Connection
) -> None:
    one, other, later = await in_beds(house, (1, date(2027, 6, 1)), (2, date(2027, 6, 5)), (3, date(2027, 8, 1)))
    before = await state(owner)
    with pytest.raises(Conflict, match=r"PL-\d+ and PL-\d+ have beds for the same nights"):
        await merged(house, one, other)
    assert await state(owner) == before
    done = await merged(house, one, later)
    assert done.moved["placement"] == 1
    assert await owner.fetchval("select count(*) from presence where person_id = $1", one) == 2
    await unmerged(house, one, done.merge)
    assert await state(owner) == before


async def test_what_would_bring_people_together_who_must_not_meet_is_refused(house: House, settler: Settler) -> None:
    one, other = await in_beds(house, (1, date(2027, 6, 1)), (2, date(2027, 6, 1)))
    third = await somebody_with_an_nsi(house, settler, 5)
    pair = RecordPair(person=str(third), other=somebody(2).crn or "", kind="rival", source="prison")
    await act(house, OPERATOR, record_pair, pair)
    with pytest.raises(Conflict, match="whom the other must not meet"):
        await merged(house, one, third)
    with pytest.raises(Conflict, match="so they are two people"):
        await merged(house, other, third)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("responsible", "York is responsible for one and Leeds for the other"),
        ("caretaking", "holds one for another PDU"),
        ("sentence", "event number 1, and these differ"),
        ("registration", "York registers the two differently for rosh"),
        ("pairs", "the same person for the same reason"),
        ("access", "Access to both is limited, and to different accounts"),
    ],
)
async def test_what_both_have_and_one_person_cannot_have_is_named_and_nothing_is_moved(
    house: House, owner: asyncpg.Connection, two: tuple[UUID, UUID], what: str, said: str
) -> None:
    kept, gone = two
    for n, person in enumerate(two):
        who = str(person)
        match what:
            case "responsible" if n:
                taken = TakeOver(person=who, pdu="N55LEE", reason="agreed", evidence="Minuted.")
                await act(house, OPERATOR, take_over, taken)
            case "caretaking":
                held = RecordCaretaking(person=who, by_pdu="N55LEE", from_=date(2026, 11, 1 + n))
                await act(house, OPERATOR, record_caretaking, held)
            case "sentence":
                order = RecordSentence(
                    person=who, kind="order", code="cro", starts_on=date(2026, 1, 5 + n), event_number=1
                )
                await act(house, OPERATOR, record_sentence, order)
            case "registration":
                level: Any = "high" if n else "low"
                rosh = RegisterPerson(person=who, kind="rosh", level=level, pdu="N55YRK")
                await act(house, OPERATOR, register_person, rosh)
            case "pairs":
                pair = RecordPair(person=who, other="Z990001", kind="rival", source="prison")
                await act(house, OPERATOR, record_pair, pair)
            case "access":
                await act(house, OPERATOR, limit_access, LimitAccess(id=person, allowed=("operator", f"x{n}")))
    before = await state(owner)
    with pytest.raises(Conflict, match=said):
        await merged(house, kept, gone)
    assert await state(owner) == before


async def test_the_same_sentence_and_registration_on_both_records_are_folded(
    house: House, owner: asyncpg.Connection, two: tuple[UUID, UUID]
) -> None:
    for person in two:
        order = RecordSentence(person=str(person), kind="order", code="cro", starts_on=date(2026, 1, 5), event_number=1)
        await act(house, OPERATOR, record_sentence, order)
        rosh = RegisterPerson(person=str(person), kind="rosh", level="high", pdu="N55YRK")
        await act(house, OPERATOR, register_person, rosh)
    before = await state(owner)
    done = await merged(house, *two)
    assert (done.moved["sentence"], done.moved["registration"]) == (0, 0)
    await unmerged(house, two[0], done.merge)
    assert await state(owner) == before


async def test_a_limited_access_person_stays_so_and_is_merged_only_by_who_may_see_both(
    house: House, owner: asyncpg.Connection, two: tuple[UUID, UUID]
) -> None:
    kept, gone = two
    await act(house, OPERATOR, limit_access, LimitAccess(id=gone, allowed=(SPO.id,)))
    with pytest.raises(Invalid, match="merged: Nobody with this CRN"):
        await merged(house, kept, gone, Actor(id="other-spo", name="x", role="spo", pdus=("N55YRK",)))
    done = await merged(house, kept, gone, SPO)
    assert await owner.fetchval("select limited_access from person where id = $1", kept)
    with pytest.raises(NotThere):
        await act(house, LEEDS, add_alias, AddAlias(person=str(kept), name="Nick Name"))
    await unmerged(house, kept, done.merge, SPO)
    assert not await owner.fetchval("select limited_access from person where id = $1", kept)


async def test_a_record_is_not_merged_with_itself_or_with_nobody(house: House, two: tuple[UUID, UUID]) -> None:
    with pytest.raises(Invalid, match="That is the same record"):
        await merged(house, two[0], "X700000")
    with pytest.raises(Invalid, match="merged: Nobody with this CRN"):
        await merged(house, two[0], uuid4())
    done = await merged(house, *two)
    with pytest.raises(Invalid, match="That is the same record"):
        await merged(house, *two)
    with pytest.raises(NotThere, match="no such merge"):
        await unmerged(house, two[0], uuid4())
    assert (await unmerged(house, two[1], done.merge)).merged == two[1]


async def test_nothing_that_names_a_person_is_forgotten_by_a_merge(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(
        "select c.table_name from information_schema.columns c join information_schema.tables t "
        "on t.table_name = c.table_name and t.table_schema = c.table_schema "
        "where c.column_name = 'person_id' and c.table_schema = 'public' and t.table_type = 'BASE TABLE'"
    )
    body = await owner.fetchval("select prosrc from pg_proc where proname = 'merge_people'")
    said_elsewhere = {"event", "presence"}  # what happened to the record it then was; and what claims say
    assert [row[0] for row in rows if row[0] not in said_elsewhere and row[0] not in body] == []
