"""One journey each of what goes to somebody above: level 3, a dispute; and of a case that was under way before."""

from datetime import date

import pytest

from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.transfers.actions import skip_action
from gateway.transfers.challenge import decide_challenge, raise_challenge
from gateway.transfers.challenges import list_challenges, read_challenges
from gateway.transfers.in_flight import keep_in_flight
from gateway.transfers.reporting import Reporter
from schemas.action_list import SkipAction
from schemas.challenges import Condition, DecideChallenge, ListChallenges, RaiseChallenge, ReadChallenges
from schemas.errors import Conflict, Invalid, NotAllowed
from schemas.nsi_life import KeepInFlight, NsiRecord, ReportNsi
from tests.journeys.story import ACO, COORDINATOR, LEAD, LEEDS, SYSTEM, YORK, Story
from tests.releases.making import POSTCODES, somebody

TO_LEEDS = {"destination": "LS1 4AP", "address": "4 Example Street, Leeds LS1 4AP", "move_on": date(2026, 12, 21)}


async def test_a_level_3_case_is_brokered_before_anything_else_and_skipped_by_nobody_but_the_co_ordinator(
    story: Story,
) -> None:
    man = somebody(1, gender="male")
    story.day(2026, 11, 23)
    nsi = await story.raises(YORK, man, rosh="very_high", mappa="Category 2 Level 3", **TO_LEEDS)
    assert {"T-19", "T-20", "T-21", "T-22"} <= set(await story.clocks(nsi))
    # Leeds has it, and can go no further; nor can York hurry it.
    await story.comes_to(LEEDS, nsi, "received")
    with pytest.raises(Conflict, match="MAPPA level 3: first"):
        await story.allocates(LEEDS, nsi, "Sam Example-Leeds")
    n = next(one.n for one in nsi.actions if one.kind == "mappa_point")
    with pytest.raises(NotAllowed, match="the MAPPA co-ordinator or an assistant chief officer"):
        await act(story.house, YORK, skip_action, SkipAction(id=nsi.id, n=n, why="There is no time."))
    # The co-ordination point of the receiving area agrees how the risk is managed; features go ahead in good time.
    story.day(2026, 11, 27)
    with pytest.raises(Invalid, match="not done while this is so"):
        await story.does(COORDINATOR, nsi, "mappa_point", coordinator="Max", on="2026-11-27", agreed=False)
    await story.does(COORDINATOR, nsi, "mappa_point", coordinator="Max", on="2026-11-27", agreed=True)
    await story.does(YORK, nsi, "mappa_features", sent_on="2026-11-27", victim_issues=True)
    await story.allocates(LEEDS, nsi, "Sam Example-Leeds")
    story.day(2026, 12, 21)
    await story.comes_to(LEEDS, nsi, "in_progress")
    with pytest.raises(Conflict, match="assistant chief officer"):
        await story.comes_to(LEEDS, nsi, "completed")
    for end in ("sending", "receiving"):
        await story.does(ACO, nsi, f"aco_oversight_{end}", officer="Lee Invented", grade="aco", on="2026-12-18")
    await story.comes_to(LEEDS, nsi, "completed")
    # A meeting in the receiving area follows within four weeks.
    story.day(2027, 1, 8)
    await story.does(COORDINATOR, nsi, "mappa_meeting", on="2027-01-08", level="three")
    states = await story.clocks(nsi)
    assert {states[rule] for rule in ("T-19", "T-20", "T-21", "T-22")} == {"met"}
    assert (await story.responsible(man))[0].pdu == "Leeds"


async def test_a_dispute_goes_from_a_challenge_on_risk_to_the_national_decision_while_supervision_goes_on(
    story: Story,
) -> None:
    """T-18, T-25, C-07: the receiver cannot refuse, and challenges on risk only."""
    man = somebody(2, gender="male")
    story.day(2026, 11, 23)
    nsi = await story.raises(YORK, man, rosh="medium", **TO_LEEDS)
    await story.comes_to(LEEDS, nsi, "received")
    # Leeds would rather not. It cannot refuse: it neither sends back nor withdraws, and "full" is no reason.
    for refusal in ("returned", "withdrawn"):
        with pytest.raises(NotAllowed, match="hallenge"):
            await story.comes_to(LEEDS, nsi, refusal)
    with pytest.raises(Invalid, match="Only risk is challenged"):
        await act(story.house, LEEDS, raise_challenge, RaiseChallenge(id=nsi.id, reason="full", said="No room."))
    with pytest.raises(NotAllowed, match="by the PDU that receives it"):
        await act(story.house, YORK, raise_challenge, RaiseChallenge(id=nsi.id, reason="victim", said="A victim."))
    # A victim lives in the next street: that is a risk.
    story.day(2026, 11, 25)
    said = RaiseChallenge(id=nsi.id, reason="victim", said="A victim lives in the next street.")
    await act(story.house, LEEDS, raise_challenge, said)
    assert "challenge_to_sending" in await story.told("challenge")
    assert await story.due(nsi, "T-18") == date(2026, 12, 2)
    with pytest.raises(Conflict, match="One challenge is decided at a time"):
        await act(story.house, LEEDS, raise_challenge, said)
    # Meanwhile nothing stands still: York is responsible, Leeds allocates and sees him; only the end waits.
    assert [one.pdu for one in await story.responsible(man)] == ["York"]
    await story.allocates(LEEDS, nsi, "Sam Example-Leeds")
    await story.does(LEEDS, nsi, "address_check", how="visit", on="2026-11-25", suitable=True)
    with pytest.raises(Conflict, match="supervision, enforcement and recall go on"):
        await story.comes_to(LEEDS, nsi, "completed")
    # It stands first in the queue of the national lead; nobody decides it for them, and a week later it is overdue.
    story.day(2026, 12, 3)
    queue = await act(story.house, LEAD, list_challenges, ListChallenges())
    assert [(one.reference, one.overdue) for one in queue.items] == [(nsi.reference, True)]
    yes = DecideChallenge(
        id=queue.items[0].id,
        decision="goes_on_with_conditions",
        why="It can be managed with an exclusion.",
        conditions=[Condition(title="Agree the exclusion zone", owner="sending practitioner", due=date(2026, 12, 10))],
    )
    for other in (YORK, LEEDS, ACO):
        with pytest.raises(NotAllowed):
            await act(story.house, other, decide_challenge, yes)
    # The national lead decides: it goes on, on a condition that is a line of the action list, and holds up the end.
    await act(story.house, LEAD, decide_challenge, yes)
    assert {"adjudication_to_sending", "adjudication_to_receiving"} <= await story.told("adjudication")
    assert (await story.clocks(nsi))["T-18"] == "met_late"
    story.day(2026, 12, 21)
    await story.comes_to(LEEDS, nsi, "in_progress")
    with pytest.raises(Conflict, match="Agree the exclusion zone"):
        await story.comes_to(LEEDS, nsi, "completed")
    await story.does(YORK, nsi, "other", note="Agreed with the police.")
    await story.comes_to(LEEDS, nsi, "completed")
    assert [one.pdu for one in await story.responsible(man)] == ["Leeds", "York"]
    (decided,) = await act(story.house, LEEDS, read_challenges, ReadChallenges(id=nsi.id))
    assert (decided.decision, decided.decided_by) == ("goes_on_with_conditions", LEAD.id)


async def test_a_row_of_a_tracker_in_flight_becomes_an_nsi_when_its_region_says_so_and_is_chased_from_its_referral(
    story: Story,
) -> None:
    """SYS-12, C-21: in flight at cut-over."""
    woman = somebody(3, gender="female")
    # Yorkshire keeps its cases in flight on its tracker when NSIs begin: a row of it becomes no NSI, by whatever way.
    story.day(2026, 11, 23)
    await act(story.house, ACO, keep_in_flight, KeepInFlight(region="N55", how="tracker"))
    record = NsiRecord(
        type="case_transfer",
        person=woman,
        move_on=date(2026, 11, 9),
        destination="LS1 4AP",
        sending_pdu="N55YRK",
        referred_on=date(2026, 10, 19),
        rosh="low",
    )
    row = ReportNsi(
        source="tracker",
        external_reference="row 7",
        version=1,
        status="received",
        status_at=story.at.replace(month=10, day=21),
        record=record,
        way="retrospective",
    )
    with pytest.raises(Conflict, match="on its tracker until they are done"):
        await act(story.house, SYSTEM, Reporter(POSTCODES).report_nsi, row)
    earlier = {"move_on": date(2026, 11, 30), "destination": "LS1 4AP", "referred_on": date(2026, 10, 19)}
    with pytest.raises(Conflict, match="on its tracker until they are done"):
        await story.raises(YORK, woman, **earlier)
    assert await story.line_of(woman) == []
    # A week later the region switches, and the row is taken in. Its clock counts from the referral: it is overdue.
    story.day(2026, 11, 30)
    await act(story.house, ACO, keep_in_flight, KeepInFlight(region="N55", how="retrospective"))
    taken = await act(story.house, SYSTEM, Reporter(POSTCODES).report_nsi, row)
    assert (taken.new, taken.status) == (True, "received")
    nsi = await story.shown(OPERATOR, taken.id)
    assert (nsi.way, nsi.referred_on, await story.due(nsi, "T-14")) == (
        "retrospective",
        date(2026, 10, 19),
        date(2026, 11, 16),
    )
    assert "In flight when NSIs began" in await story.said(nsi)
    # From here on it is an NSI like any other: chased, worked, and over.
    assert await story.chased() > 0
    assert [one.rule for one in (await story.shown(LEEDS, nsi.id)).escalations if one.rule == "T-14"]
    await story.allocates(LEEDS, nsi, "Sam Example-Leeds")
    await story.comes_to(LEEDS, nsi, "completed")
    assert [one.pdu for one in await story.responsible(woman)] == ["Leeds", "York"]
    assert (await story.clocks(nsi))["T-14"] == "met_late"
