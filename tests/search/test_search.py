"""The search against the oracle, over random registers and needs."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from msgspec import structs

from bedspace.search.ask import Ask
from bedspace.search.search import search
from tests.search.oracle import Oracle, there_is
from tests.search.registers import ASKS, BASE, NAMES, WORLDS, World

EXAMPLES = settings(max_examples=400, deadline=None, derandomize=True)


@given(world=WORLDS, ask=ASKS)
@EXAMPLES
def test_hits_and_near_misses_are_those_of_the_oracle(world: World, ask: Ask) -> None:
    found, oracle = search(world.snapshot(), ask), Oracle(world, ask)
    assert [(hit.premises.code, hit.bed, hit.miles, (hit.from_ - ask.first).days) for hit in found.hits] == (
        oracle.hits()
    )
    assert [(near.premises.code, near.miles, near.why, near.fits_if) for near in found.near_misses] == (
        oracle.near_misses()
    )


@given(world=WORLDS, ask=ASKS)
@EXAMPLES
def test_what_lies_in_an_exclusion_zone_leaves_no_trace_in_the_answer(world: World, ask: Ask) -> None:
    """The answer is the one of a register in which those premises were never built, asked without a zone.

    Zones are circles, areas and districts; premises that were excluded, by hand or because of who is there; and
    whatever is not independent where only such premises will do.
    """
    ruled_out = {site.code for site in world.sites if site.gender == ask.gender and not there_is(site, ask)}
    obeyed = search(world.snapshot(), ask)
    plain = structs.replace(ask, zones=(), areas=(), districts=frozenset(), excluded=frozenset(), independent=False)
    never_built = Oracle(world.without(ruled_out), plain)
    assert [(hit.premises.code, hit.miles) for hit in obeyed.hits] == [
        (code, far) for code, _, far, _ in never_built.hits()
    ]
    assert [(near.premises.code, near.miles, near.why, near.fits_if) for near in obeyed.near_misses] == (
        never_built.near_misses()
    )
    alone = search(world.without(ruled_out).snapshot(), plain)
    assert [hit.reasons[0] for hit in obeyed.hits] == [hit.reasons[0] for hit in alone.hits]
    # Which bed is named goes by what is scarce in the nation, the same for all: so its beds are, and are not here.
    assert obeyed == search(world.with_these_in_the_other_estate(ruled_out).snapshot(), plain)


@given(world=WORLDS, ask=ASKS)
@EXAMPLES
def test_what_is_preferred_counts_only_where_it_is_not_restricted(world: World, ask: Ask) -> None:
    """Order, bed and reason, where much is preferred of premises that do not offer all of it all the time."""
    much = structs.replace(ask, needs=(), must=(), prefer=tuple(NAMES), prefer_premises=(), later=ask.later or 3)
    short = structs.replace(much, first=BASE + (much.first - BASE) % timedelta(days=9), nights=much.nights % 9 + 1)
    oracle = Oracle(world, short)
    found = search(world.snapshot(), short).hits
    assert [(hit.premises.code, hit.bed, hit.reasons[0]) for hit in found] == oracle.preferences()


@given(world=WORLDS, ask=ASKS)
@settings(EXAMPLES, max_examples=50)
def test_searching_changes_nothing_and_the_same_question_has_the_same_answer(world: World, ask: Ask) -> None:
    snapshot = world.snapshot()
    before = snapshot.busy.copy()
    assert search(snapshot, ask) == search(snapshot, ask)
    assert (snapshot.busy == before).all()


@pytest.mark.soak
@pytest.mark.timeout(3000)
@given(world=WORLDS, ask=ASKS)
@settings(max_examples=10_000, deadline=None)
def test_over_ten_thousand_registers_the_answers_are_those_of_the_oracle(world: World, ask: Ask) -> None:
    test_hits_and_near_misses_are_those_of_the_oracle.hypothesis.inner_test(world, ask)  # type: ignore[attr-defined]  # put there by hypothesis


@pytest.mark.soak
@pytest.mark.timeout(3000)
@given(world=WORLDS, ask=ASKS)
@settings(max_examples=10_000, deadline=None)
def test_over_ten_thousand_registers_what_is_ruled_out_leaves_no_trace(world: World, ask: Ask) -> None:
    test_what_lies_in_an_exclusion_zone_leaves_no_trace_in_the_answer.hypothesis.inner_test(world, ask)  # type: ignore[attr-defined]  # put there by hypothesis
