"""A search, with a person or without: the one way for the API, the pages and the command line."""

from datetime import timedelta

from bedspace.search.register import Register
from gateway.access.act import House, act
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.people.meetings import rule_out
from schemas.errors import Invalid
from schemas.meetings import RuleOut
from schemas.search import FlexibleDays, Need, Shortlist


async def shortlist(register: Register, house: House, actor: Actor, need: Need) -> Shortlist:
    """With a person it reads about them, which is a verb and audited; without, it stays off the database of people.

    Raises `NotAllowed`, `Invalid`, or `Unavailable`.
    """
    permit(actor, "bedspace.search")
    if need.person is None and need.placement is None:
        return await register.shortlist(need)
    if need.person is not None and need.placement is not None:
        raise Invalid.because("placement", "A placement says whom it is for. Give it, or the person, and not both.")
    register.check(need)
    return await register.shortlist(need, await act(house, actor, rule_out, _asked(need)))


def _asked(need: Need) -> RuleOut:
    """All nights on which a hit may begin or end: who is there on any of them is in the way."""
    flexible = need.flexible_days or FlexibleDays()
    return RuleOut(
        person=need.person,
        placement=need.placement,
        first=need.from_ - timedelta(days=flexible.earlier),
        nights=need.stay + flexible.earlier + flexible.later,
    )
