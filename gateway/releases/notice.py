"""A prison's notice: who, when, what risk and needs, where to. Sent again, it changes the release that is open."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from msgspec import Struct

from bedspace.geography.postcodes import Postcodes
from bedspace.geography.shape import at_the_end
from bedspace.locator.locate import locate
from bedspace.locator.suggest import in_words, nearest
from bedspace.nights import london_today, spoken
from bedspace.placements.refer import check_needs
from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.people.given import the_person
from gateway.releases.dates import ask_about, move_to
from gateway.releases.end import changed_mind
from gateway.releases.link import keep_in_step
from gateway.releases.needs import asked_of, recount
from gateway.releases.places import compare_addresses
from gateway.releases.record import OVER, changed_event, done, event, look, refuse_over, settle, take, tell
from schemas.acts import Done, Event
from schemas.errors import Ambiguous, FieldFault, Invalid, NotAllowed
from schemas.locate import Whereabouts
from schemas.releases import ChangeMind, NoticeRelease, ReleaseDone
from schemas.words import Gender

sql = queries(__file__)

FURTHEST = 1100
"""Days ahead, at most: more is a slip in the year."""


class Place(Struct, frozen=True):
    """Where somebody resettles, and whose that is."""

    near: str
    postcode: str | None
    pdu: str
    region: str


class Noticer:
    """Closes over what the verb needs beside its command."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes

    async def notice_release(self, tx: Tx, command: NoticeRelease, now: datetime) -> Done[ReleaseDone]:
        """Raises `Invalid`, `Ambiguous` (where to), `Conflict` (who is meant), and what the locator raises.

        And `NotAllowed` to the staff of another prison.
        """
        today = london_today(now)
        check_notice(command, today)
        await check_needs(tx, command.needs, today)
        prison = await prison_of(tx, command.prison)
        if await sql.of_another_prison(tx, prison=prison["code"]):
            raise NotAllowed(f"A prison gives notice of its own releases. {prison['name']} is not one where you work.")
        gender = _gender(command, prison)
        place = await self._place(tx, near_of(command, prison["name"]), command.address, today)
        person = await the_person(tx, command.person, now, today)
        async with the_whole_nation(tx):
            await sql.queue(tx, person=person)
            given = {
                **{name: getattr(command, name) for name in AS_GIVEN},
                **{"prison_code": prison["code"], "near": place.near, "postcode": place.postcode},
                **{"pdu_code": place.pdu, "region_code": place.region},
                "home_pdu": await _home(tx, command, person, now),
            }
            same = await sql.same(
                tx,
                person=person,
                kind=command.kind,
                prison=prison["code"],
                release_on=command.release_on,
                reference=command.external_reference,
            )
            if same is None:
                return await _new(tx, command, person, gender, given, now)
            if same["state"] in OVER:
                return await done(tx, same["id"], now)
            return await _again(tx, command, same["id"], given, now)

    async def change_mind(self, tx: Tx, command: ChangeMind, now: datetime) -> Done[ReleaseDone]:
        """What was referred or booked ends in the same act. Raises as a notice does, and `NotThere`."""
        row = await look(tx, command.id)
        refuse_over(row)
        place = await self._place(tx, command.near, command.address, london_today(now))
        given = {"address": command.address, "near": place.near, "postcode": place.postcode}
        async with the_whole_nation(tx):
            where = {**given, "pdu_code": place.pdu, "region_code": place.region}
            followed = await changed_mind(tx, row, where, now)
            followed += await compare_addresses(tx, command.id, now)
            return await done(tx, command.id, now, followed)

    async def _place(self, tx: Tx, near: str | None, address: str | None, today: date) -> Place:
        postcode = at_the_end(near or "") or at_the_end(address or "")
        near = where_to(near, address)
        located = await locate(tx, self._postcodes, Whereabouts(near=near, purpose="release"), today)
        if located.pdu is None or located.region is None:
            candidates = ", ".join(f"{one.pdu.name} ({one.pdu.code})" for one in located.ambiguous or [])
            raise Ambiguous(f"near: that is in more than one PDU: {candidates}. Give a postcode, or name one of them.")
        return Place(near, postcode, located.pdu.code, located.region.code)


AS_GIVEN = (
    *("address", "reside_where_approved", "rosh", "needs", "nights", "officer_name", "officer_email"),
    *("contact_name", "contact_email", "external_reference"),
)


def near_of(command: NoticeRelease, prison: str) -> str | None:
    """A temporary licence is near the prison where nothing else is said."""
    return command.near or (prison if command.kind == "rotl" and not command.address else None)


def where_to(near: str | None, address: str | None) -> str:
    """What the locator is asked. Raises `Invalid`."""
    where = near or at_the_end(address or "")
    if not where:
        raise Invalid.because("near", "Say where to resettle: a postcode, a place, a local authority or a PDU.")
    return where


def check_notice(command: NoticeRelease, today: date) -> None:
    """Raises `Invalid` naming each field."""
    faults = []
    if command.release_on < today:
        why = f"{spoken(command.release_on)} is in the past. Give {spoken(today)} or a later day."
        faults.append(FieldFault("release_on", why))
    if (command.release_on - today).days > FURTHEST:
        faults.append(FieldFault("release_on", "That is more than three years ahead. Check the year."))
    if command.kind == "rotl" and (command.until is None or command.until <= command.release_on):
        faults.append(FieldFault("until", "A temporary licence has a day of return, after that of release. Give it."))
    if command.kind == "release" and command.until is not None:
        faults.append(FieldFault("until", "Only a temporary licence (kind `rotl`) has a day of return. Leave it out."))
    if faults:
        raise Invalid(*faults)


async def prison_of(tx: Tx, called: str) -> Any:
    """By its code or its name. Raises `Invalid` with the names most like it."""
    row = await sql.prison(tx, called=called.strip())
    if row is not None:
        return row
    known = [(one["name"].lower(), one["name"], "prison") for one in await sql.prisons(tx)]
    like = in_words(nearest(called.strip().lower().removeprefix("hmp").strip(), known))
    raise Invalid.because(
        "prison", f"There is no prison like that. {f'Did you mean {like}? ' if like else ''}Give its name or its code."
    )


def _gender(command: NoticeRelease, prison: Any) -> Gender:
    """Of the estate: as given, else the one that the prison has. Raises `Invalid`."""
    if command.person.gender:
        return command.person.gender
    if prison["male"] == prison["female"]:
        raise Invalid.because("person.gender", "Say which estate: male or female. The prison has both.")
    return "male" if prison["male"] else "female"


async def _home(tx: Tx, command: NoticeRelease, person: UUID, now: datetime) -> str | None:
    """Who is responsible on record goes before what is given. Raises `Invalid`."""
    if command.home_pdu and await sql.pdu(tx, code=command.home_pdu, today=london_today(now)) is None:
        raise Invalid.because("home_pdu", "There is no such PDU. Give its code, such as the locator shows.")
    return await sql.responsible_pdu(tx, person=person, now=now) or command.home_pdu


async def _new(
    tx: Tx, command: NoticeRelease, person: UUID, gender: Gender, given: dict[str, Any], now: datetime
) -> Done[ReleaseDone]:
    release, today = uuid4(), london_today(now)
    await sql.keep(
        tx,
        id=release,
        person_id=person,
        kind=command.kind,
        release_on=command.release_on,
        until=command.until,
        gender=gender,
        before_non_working=False,
        now=now,
        **given,
    )
    await tell(tx, release, "noticed", now)
    await recount(tx, release, asked_of(command.kind, command.rosh, command.release_on, today))
    asked = await ask_about(tx, release, command.release_on, now)
    row = await settle(tx, release, now)
    raised = await keep_in_step(tx, row, now)
    row = await settle(tx, release, now)
    return await done(tx, release, now, [event(row, "release_noticed"), *asked, *raised])


async def _again(
    tx: Tx, command: NoticeRelease, release: UUID, given: dict[str, Any], now: datetime
) -> Done[ReleaseDone]:
    """What is the same is left alone; another day moves all that hangs on it."""
    before = await look(tx, release)
    moved: list[Event] = []
    if (command.release_on, command.until) != (before["release_on"], before["until"]):
        moved = await move_to(tx, release, command.release_on, command.until, now)
    before = await take(tx, release)
    changed = {name: value for name, value in given.items() if _news(name, value, before)}
    if changed:
        await sql.change(tx, id=release, now=now, **given)
        await tell(tx, release, "changed", now, note=f"{', '.join(sorted(changed)).replace('_', ' ')}.")
        asked = asked_of(command.kind, command.rosh or before["rosh"], command.release_on, london_today(now))
        await recount(tx, release, asked)
        moved += await compare_addresses(tx, release, now)
        row = await settle(tx, release, now)
        moved += [*await keep_in_step(tx, row, now), changed_event(before, row)]
        await settle(tx, release, now)
    return await done(tx, release, now, moved)


KEPT_WHERE_NOT_GIVEN = frozenset(
    {"home_pdu", "rosh", "officer_name", "officer_email", "contact_name", "contact_email", "external_reference"}
)


def _news(name: str, value: Any, before: Any) -> bool:
    if name in KEPT_WHERE_NOT_GIVEN and value is None:
        return False
    if name == "reside_where_approved":
        return bool(value) and not before[name]
    if name == "external_reference":
        return before[name] is None
    return bool(value != before[name])
