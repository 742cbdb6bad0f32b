"""The AP referral: who, when, what is needed, how risky, and which premises are asked."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from bedspace.lists.check import check_listed
from bedspace.nights import london_today, refuse_past, until
from bedspace.placements.asking import ask, premises_to_ask
from bedspace.placements.deadlines import default_nights, timeliness_of
from bedspace.placements.may import refuse_unless
from bedspace.placements.suitability import acting_pdu, suitable_decision
from bedspace.placements.taken import done, save, take, tell
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Conflict, FieldFault, Invalid
from schemas.placements import Wanted
from schemas.placing import AskPremises, PlacementDone, ReferPlacement
from schemas.words import Timeliness

sql = queries(__file__)


class Zone(Struct, frozen=True):
    """A circle where the bed must not be."""

    lat: float
    lon: float
    miles: float


async def refer(
    tx: Tx, command: ReferPlacement, person: UUID, zones: Sequence[Zone], now: datetime
) -> Done[PlacementDone]:
    """Raises `Invalid`, `NotThere` (premises, the decision), `NotAllowed` (the PDU), or `Conflict` (no decision that
    says suitable; the same referral is open already)."""
    today = london_today(now)
    departs_on = until(command.arrives_on, command.nights or default_nights(command.type))
    timeliness = timeliness_of(command.arrives_on, today)
    await _check(tx, command, timeliness, today)
    pdu = await acting_pdu(tx, command.pdu)
    premises = await premises_to_ask(tx, command.ask, command.gender)
    decision = await suitable_decision(tx, person, command.suitability)
    await _refuse_a_second(tx, person, command.arrives_on)
    placement = uuid4()
    await sql.refer(
        tx,
        id=placement,
        person=person,
        timeliness=timeliness,
        departs_on=departs_on,
        need=msgspec.to_builtins(_wanted(command)),
        suitability=decision,
        pdu=pdu and pdu["code"],
        region=pdu and pdu["region_code"],
        now=now,
        **{name: getattr(command, name) for name in AS_GIVEN},
    )
    await sql.keep_zones(
        tx,
        placement=placement,
        lats=[zone.lat for zone in zones],
        lons=[zone.lon for zone in zones],
        miles=[zone.miles for zone in zones],
    )
    await tell(tx, placement, "referred", now, state="referred", note=command.short_notice_reason or "")
    taken, events = await take(tx, placement, now)
    asked = [(await ask(tx, taken, one, now))[1] for one in premises]
    happened = taken.event("placement_referred", timeliness=timeliness)
    return await done(tx, taken, (*events, happened, *asked))


AS_GIVEN = (
    *("gender", "type", "arrives_on", "officer_name", "officer_email", "rosh", "risk_to_staff", "risk_to_residents"),
    *("risk_note", "short_notice_reason", "short_notice_note"),
)


def _wanted(command: ReferPlacement) -> Wanted:
    return Wanted(
        near=command.near,
        needs=list(command.needs),
        preferred=list(command.preferred),
        premises=list(command.preferred_premises),
    )


async def _check(tx: Tx, command: ReferPlacement, timeliness: Timeliness, today: date) -> None:
    if command.arrives_on < today:
        refuse_past(command.arrives_on, today)
    await check_needs(tx, [*command.needs, *command.preferred], today)
    await premises_to_ask(tx, command.preferred_premises, command.gender)
    if timeliness != "standard" and not command.short_notice_reason:
        raise Invalid.because(
            "short_notice_reason", "The arrival is 28 days away or less. Say why: choose from the list `short_notice`."
        )
    if command.short_notice_reason:
        await check_listed(
            tx,
            command.short_notice_reason,
            of="short_notice",
            field="short_notice_reason",
            today=today,
            note=command.short_notice_note,
        )


async def check_needs(tx: Tx, codes: Sequence[str], today: date) -> None:
    """Raises `Invalid` naming each code that is no characteristic."""
    unknown = [row["code"] for row in await sql.unknown_needs(tx, codes=list(codes), today=today)]
    if unknown:
        raise Invalid(
            *(
                FieldFault("needs", f"There is no characteristic {code[:40]}. GET /api/v1/characteristics lists them.")
                for code in unknown
            )
        )


async def _refuse_a_second(tx: Tx, person: UUID, arrives_on: date) -> None:
    reference = await sql.open_like(tx, person=person, arrives_on=arrives_on)
    if reference:
        raise Conflict(f"{reference} is open already for the same person and day. Ask further premises for that one.")


async def ask_premises(tx: Tx, command: AskPremises, now: datetime) -> Done[PlacementDone]:
    """Those asked already are left as they are. Raises `NotThere`, `Invalid` (the other estate), `Conflict`."""
    taken, events = await take(tx, command.id, now)
    refuse_unless("ask", taken.standing(london_today(now)))
    asked = {one.premises for one in taken.asked}
    rows = [row for row in await premises_to_ask(tx, command.premises, taken.gender) if row["code"] not in asked]
    happened: list[Event] = [(await ask(tx, taken, row, now))[1] for row in rows]
    if rows and taken.state in ("declined", "lapsed"):
        taken = msgspec.structs.replace(taken, state="referred", ended_reason=None, ended_note="")
        await save(tx, taken, now)
        await tell(tx, taken.id, "referred_again", now, state="referred")
    return await done(tx, taken, (*events, *happened))
