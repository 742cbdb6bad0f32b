"""What follows from an NSI that is not kept yet: its clocks, its action list and its documents."""

from datetime import date

import msgspec

from bedspace.nights import london_today
from gateway.transfers.applies import Case, read_mappa
from gateway.transfers.clocks import Starts, actions_of, clocks_of, state_of
from gateway.transfers.kinds import document_kinds
from gateway.transfers.prepare import NewNsi, regime_of, way_of
from gateway.transfers.regime import MetBy, Regime
from schemas.files import Document
from schemas.nsi_preview import ComingAction
from schemas.nsis import Clock
from schemas.words import NsiWay


class Follows(msgspec.Struct, frozen=True, kw_only=True):
    regime: Regime
    way: NsiWay
    clocks: list[Clock]
    actions: list[ComingAction]
    documents: list[Document]


def _met_at_once(by: MetBy, new: NewNsi, notified: date, today: date) -> date | None:
    """Of what the NSI itself is evidence."""
    if by.notice:
        return notified
    return today if by.status == new.status else None


def what_follows(new: NewNsi, today: date) -> Follows:
    """Pure. Of what is given alone: nothing that is on record of the person is known here."""
    regime = regime_of(new, today)
    way = way_of(new.way, new.move_on, regime, today)
    category, level = read_mappa(new.mappa)
    case = Case(type=new.type, way=way, rosh=new.rosh, mappa_level=level, mappa_category=category)
    referred = new.referred_on or today
    notified = referred if way == "retrospective" else london_today(new.received_at)
    back = new.until if new.type == "temporary_move" else None
    dues = clocks_of(regime, case, Starts(notification=notified, referral=referred, move=new.move_on, back=back))
    by_rule = {one.rule.id: one.due for one in dues}
    soon = regime.due_soon_working_days
    return Follows(
        regime=regime,
        way=way,
        clocks=[
            Clock(
                rule=one.rule.id,
                title=one.rule.title,
                phase=one.rule.phase,
                owner=one.rule.owner,
                due=one.due,
                met_on=met_on,
                state=state_of(one.due, met_on, today, soon),
            )
            for one in dues
            for met_on in (_met_at_once(one.rule.met_by, new, notified, today),)
        ],
        actions=[
            ComingAction(**{name: getattr(one, name) for name in ComingAction.__struct_fields__})
            for one in actions_of(regime, case, by_rule)
        ],
        documents=[
            Document(kind=one.kind, title=document_kinds()[one.kind].title, need=one.need, why=one.why)
            for one in regime.document
            if one.applies(case)
        ],
    )
