"""Random histories of a register, by its verbs and by hand, several hands at once."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from msgspec import convert, structs

from bedspace.claims.change import become_stay, change_nights, end_claim
from bedspace.claims.holds import end_hold, lapse_holds, place_hold
from bedspace.claims.out_of_service import cancel_outage, revise_outage, take_out_of_service
from bedspace.claims.ready import mark_ready
from bedspace.claims.stays import PlaceClaim, place_claim
from bedspace.nights import london_today
from bedspace.premises.change import change_details
from bedspace.premises.keep import KeepPremises
from bedspace.premises.overbook import overbook
from bedspace.search.ask import Ask, Zone
from bedspace.store import Tx
from gateway.access.act import House, act, set_scope
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.store.database import transaction
from gateway.worker.ticks import archive, lengthen
from schemas.claims import EndHold, LapseHolds, MarkReady, PlaceHold
from schemas.errors import BedspaceError
from schemas.keeping import ChangeDetails, DetailsChange
from schemas.outages import CancelOutage, ReviseOutage, TakeOutOfService
from schemas.overbooking import Overbook
from tests.premises.making import keep, premises
from tests.search.conftest import Clock

ROOM, WHOLE = ["step_free", "en_suite", "wheelchair"], ["catered", "pipe"]
AREA = ((53.4, -2.3), (53.6, -2.3), (53.6, -1.0), (53.48, -2.1), (53.4, -1.0))
"""An odd one around Manchester, that is not convex."""
LEFT = (
    "update placement set state = 'departed', departed_at = $2, expected_departure = departs_on, "
    "departs_on = greatest(arrives_on + 1, ($2::timestamptz at time zone 'Europe/London')::date) where id = $1"
)
POSTCODES = ["LS1 4AP", "M1 1AE", "LS1 4AP", "BD1 1HX"]
PLACES = [(53.80, -1.55), (53.48, -2.22), (53.79, -1.75), (51.51, -0.13)]


class History:
    """Each `step` does one thing. The first bed is left to a writer that takes its time."""

    def __init__(self, house: House, clock: Clock, seed: int) -> None:
        self.house = house
        self.clock = clock
        self.dice = Random(seed)
        self.kept: dict[str, KeepPremises] = {}
        self.slow: Any = None
        self.deeds: list[Callable[[], Awaitable[object]]] = [
            *[self.hold, self.hold, self.claim, self.claim, self.claim, self.end, self.remove, self.lengthen],
            *[self.wait, self.wait, self.lapse, self.confirm, self.keep_one, self.open_otherwise, self.undo],
            *[self.restrict, self.restrict, self.unrestrict, self.depart_otherwise, self.leave_open],
            *[self.begin_slowly, self.finish, self.sleep],
            *self.verbs(),
        ]

    def verbs(self) -> list[Callable[[], Awaitable[object]]]:
        """Deeds that change claims by what people and the worker really do."""
        return [
            *[self.take_out, self.revise, self.cancel_out, self.overbook, self.ready, self.rest],
            *[self.leave, self.leave, self.renight, self.arrive, self.tick, self.tick],
        ]

    async def begin(self) -> None:
        await keep(self.house, premises("SLOW"))
        for _ in range(3):
            await self.keep_one()

    async def step(self) -> None:
        """A deed that is refused is part of the history too."""
        with suppress(BedspaceError):
            await self.dice.choice(self.deeds)()

    def ask(self) -> Ask:
        """Of tonight as often as not; and now and then with something of each way to rule premises out."""
        dice = self.dice
        codes = sorted(self.kept)
        return Ask(
            lat=53.8,
            lon=-1.5,
            first=self._day(0, dice.choice([0, 40])),
            nights=dice.choice([1, 2, 7, 28, 84, 300]),
            gender=dice.choice(["male", "female"]),
            needs=tuple(dice.sample([*ROOM, *WHOLE], dice.choice([0, 0, 1, 2]))),
            zones=dice.choice([(), (), (), (Zone(53.79, -1.7, 3.0),)]),
            areas=dice.choice([(), (), (), (AREA,)]),
            districts=frozenset(dice.choice([[], [], [], ["LS1"], ["M1"]])),
            excluded=frozenset(dice.sample(codes, min(len(codes), dice.choice([0, 0, 1, 2])))),
        )

    # deeds

    async def hold(self) -> None:
        command = PlaceHold(bed=self._bed(), from_=self._day(0, 9), nights=self._nights(), reason="x", hours=4)
        await act(self.house, OPERATOR, place_hold, command)

    async def claim(self) -> None:
        kind = self.dice.choice(["stay", "booking", "turnaround", "out_of_service"])
        person = UUID(int=self.dice.getrandbits(128)) if kind in ("stay", "booking") else None
        given = {"bed": self._bed(), "kind": kind, "from": self._day(-9, 9), "nights": self._nights(), "reason": "x"}
        await act(self.house, OPERATOR, place_claim, convert({**given, "person": person}, PlaceClaim))

    async def end(self) -> None:
        held = await self._one("hold")
        await act(self.house, OPERATOR, end_hold, EndHold(id=held))

    async def lapse(self) -> None:
        await act(self.house, GATEWAY, lapse_holds, LapseHolds())

    async def wait(self) -> None:
        self.clock.now += timedelta(minutes=self.dice.choice([1, 30, 240]))

    async def sleep(self) -> None:
        if self.dice.random() < 0.3:
            self.clock.now += timedelta(hours=20)

    async def keep_one(self) -> None:
        code = f"AP{self.dice.randrange(6)}"
        rooms = [self._some(ROOM) for _ in range(self.dice.randrange(1, 6))]
        one = premises(
            code,
            rooms,
            gender=self.dice.choice(["male", "male", "female"]),
            at=PLACES[int(code[2:]) % len(PLACES)],
            offers=self._some(WHOLE),
            beds=self.dice.choice([1, 1, 1, 14]),
        )
        one = structs.replace(one, postcode=POSTCODES[int(code[2:]) % len(POSTCODES)])
        await keep(self.house, one)
        self.kept[code] = one

    async def confirm(self) -> None:
        await self._by_hand("update bed set confirmed_at = $2 where code = $1", self._bed(), self.clock.now)

    async def remove(self) -> None:
        claim = await self._one("%")
        await self._by_hand("delete from bed_claim where id = $1", claim)

    async def lengthen(self) -> None:
        claim = await self._one("%")
        longer = (
            "update bed_claim set during = daterange(lower(during), upper(during) + 1) where id = $1 and not exists "
        )
        free = (
            "(select from bed_claim c where c.bed_id = bed_claim.bed_id and lower(c.during) = upper(bed_claim.during))"
        )
        await self._by_hand(longer + free, claim)

    async def leave_open(self) -> None:
        """A claim of which nobody knows the end."""
        claim = await self._one("%")
        endless = "update bed_claim set during = daterange(lower(during), null) where id = $1 and kind <> 'hold' "
        last = (
            "and not exists (select from bed_claim c where c.bed_id = bed_claim.bed_id and c.during >> bed_claim.during"
        )
        await self._by_hand(f"{endless}{last})", claim)

    async def depart_otherwise(self) -> None:
        hours = "update premises set depart_by = $1 where code <> 'SLOW'"
        await self._by_hand(hours, time(self.dice.choice([0, 9, 12, 23])))

    async def restrict(self) -> None:
        """Premises do not offer or accept something for a while, or until further notice."""
        nights = f"[{self._day(-5, 9)},{self.dice.choice(['', self._day(10, 60)])})"
        limited = (
            "insert into premises_restriction (premises_id, code, valid, reason, kept_by, kept_at) "
            "select id, $2, $3::text::daterange, 'x', 'x', now() from premises where code = $1"
        )
        code = self.dice.choice(sorted(self.kept))
        await self._by_hand(limited, code, self.dice.choice([*ROOM, *WHOLE]), nights)

    async def unrestrict(self) -> None:
        rows = await self.house.pool.fetch("select id from premises_restriction order by 1")
        if rows:
            await self._by_hand("delete from premises_restriction where id = $1", self.dice.choice(rows)["id"])

    async def open_otherwise(self) -> None:
        window = self.dice.choice(["[2021-06-26,)", f"[2021-06-26,{self._day(1, 30)})", f"[{self._day(-3, 9)},)"])
        await self._by_hand("update bed set open = $2::text::daterange where code = $1", self._bed(), window)

    async def undo(self) -> None:
        async with self.house.pool.acquire() as connection:
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute("delete from bed_claim where id % 2 = 0 and placed_by <> 'slow'")
            await transaction.rollback()

    async def begin_slowly(self) -> None:
        """A transaction that stays open while others come and go."""
        if self.slow is None:
            self.slow = await self.house.pool.acquire()
            await self.slow.execute("begin")
            await self.slow.execute(
                "insert into bed_claim (bed_id, kind, during, placed_by, placed_at) "
                "select b.id, 'turnaround', daterange(d, d + 1), 'slow', now() from bed b, (select coalesce(max(upper("
                "during)), '2026-12-01') as d from bed_claim where placed_by = 'slow') n where b.code = 'SLOW-1'"
            )

    async def finish(self) -> None:
        if self.slow is not None:
            await self.slow.execute(self.dice.choice(["commit", "commit", "rollback"]))
            await self.house.pool.release(self.slow)
            self.slow = None

    async def take_out(self) -> None:
        reason = self.dice.choice(["closure", "deep_clean", "no_such_reason"])
        first = self._day(-5, 9)
        until = first + timedelta(days=self._nights())
        out = TakeOutOfService(bed=self._bed(), from_=first, until=until, reason=reason)
        await act(self.house, OPERATOR, take_out_of_service, out)

    async def revise(self) -> None:
        first = self._day(-5, 9)
        until = first + timedelta(days=self._nights())
        said = ReviseOutage(id=await self._outage(), from_=first, until=until, reason="planned_repair")
        await act(self.house, OPERATOR, revise_outage, said)

    async def cancel_out(self) -> None:
        await act(self.house, OPERATOR, cancel_outage, CancelOutage(id=await self._outage()))

    async def overbook(self) -> None:
        first = self._day(0, 3)
        until = first + timedelta(days=self.dice.randint(1, 9))
        code = self.dice.choice(sorted(self.kept))
        more = Overbook(premises=code, from_=first, until=until, reason="displaced")
        bed = await act(self.house, OPERATOR, overbook, more)
        given = {"bed": bed.bed, "kind": "booking", "from": first, "nights": (until - first).days}
        person = UUID(int=self.dice.getrandbits(128))
        await act(self.house, OPERATOR, place_claim, convert({**given, "person": person}, PlaceClaim))

    async def ready(self) -> None:
        await act(self.house, OPERATOR, mark_ready, MarkReady(bed=self._bed()))

    async def rest(self) -> None:
        """From now on the beds rest for other nights than before."""
        nights = self.dice.choice([0, 1, 3])
        for code in sorted(code for code in self.kept if code != "SLOW"):
            change = ChangeDetails(code=code, change=DetailsChange(turnaround_nights=nights))
            await act(self.house, OPERATOR, change_details, change)

    async def leave(self) -> None:
        """A departure, as the register has it: the claim is over, and so is its placement."""
        claim, today = await self._one("stay"), london_today(self.clock.now)
        async with self._in_scope() as tx:
            gone = await end_claim(tx, claim, how="departed", now=self.clock.now, until=today)
            if gone is not None:
                await tx.execute(LEFT, gone.placement, self.clock.now)

    async def renight(self) -> None:
        claim, first = await self._one(self.dice.choice(["booking", "stay"])), self._day(-3, 12)
        async with self._in_scope() as tx:
            held, _ = await change_nights(tx, claim, first, first + timedelta(days=self._nights()), self.clock.now)
            meant = "update placement set arrives_on = $2, departs_on = $3 where id = $1"
            await tx.execute(meant, held.placement, held.first, held.end)

    async def arrive(self) -> None:
        claim, today = await self._one("booking"), london_today(self.clock.now)
        async with self._in_scope() as tx:
            stay, _ = await become_stay(tx, claim, today, self.clock.now)
            came = "update placement set state = 'arrived', arrived_at = $2 where id = $1"
            await tx.execute(came, stay.placement, self.clock.now)

    async def tick(self) -> None:
        """The worker comes by. It does not wait for the writer that takes its time."""
        await lengthen(self.house)
        if self.slow is None:
            await archive(self.house)

    # what they need

    def _day(self, first: int, last: int) -> date:
        return london_today(self.clock.now) + timedelta(days=self.dice.randint(first, last))

    def _nights(self) -> int:
        return self.dice.choice([1, 2, 5, 9, 60, 730])

    def _some(self, codes: list[str]) -> list[str]:
        return [code for code in codes if self.dice.random() < 0.4]

    def _bed(self) -> str:
        one = self.dice.choice(sorted(self.kept.values(), key=lambda one: one.code))
        return self.dice.choice([bed for room in one.rooms for bed in room.beds])

    async def _one(self, kinds: str) -> int:
        """The id of a claim of a kind, or 0."""
        claims = "select id from bed_claim where kind like $1 and placed_by <> 'slow' order by id"
        rows = await self.house.pool.fetch(claims, kinds)
        return int(self.dice.choice(rows)["id"]) if rows else 0

    async def _outage(self) -> int:
        rows = await self.house.pool.fetch("select outage_id from bed_claim where outage_id is not null order by 1")
        return int(self.dice.choice(rows)["outage_id"]) if rows else 0

    @asynccontextmanager
    async def _in_scope(self) -> AsyncIterator[Tx]:
        async with transaction(self.house.pool) as tx:
            await set_scope(tx, OPERATOR, "nation")
            yield tx

    async def _by_hand(self, statement: str, *arguments: object) -> None:
        await self.house.pool.execute(statement, *arguments)


class Orderly(History):
    """By its verbs alone, so that every invariant holds after every step. The worker comes by after all of them."""

    def __init__(self, house: House, clock: Clock, seed: int) -> None:
        super().__init__(house, clock, seed)
        self.deeds = [
            *[self.hold, self.claim, self.claim, self.claim, self.end, self.wait, self.lapse, self.sleep, self.sleep],
            *[self.keep_one, *self.verbs()],
        ]

    async def step(self) -> None:
        await super().step()
        await self.tick()
