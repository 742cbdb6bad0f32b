"""Who holds the grades that overdue clocks are told to, what the police were asked, and a concern."""

from datetime import timedelta

from bedspace.nights import london_today
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.transfers.actions import record_evidence
from gateway.transfers.escalate import raise_concern
from gateway.transfers.holders import keep_holder
from gateway.transfers.read import list_nsis, read_nsi
from gateway.wiring import Works
from schemas.action_list import RecordEvidence
from schemas.chasing import Held, KeepHolder, RaiseConcern
from schemas.nsis import ListNsis, ReadNsi

NAMES = ("Sandy Invented", "Lee Example-Chief", "Max Example-Mappa", "Nat Example-Lead")
FORCES = ("west_yorkshire", "north_yorkshire", "humberside")
ASKED = (3, 18, 25)
"""Days ago."""


async def name_holders(works: Works) -> None:
    """An SPO of every PDU; an assistant chief officer and a MAPPA co-ordinator of every region; the national lead."""
    pdus = await works.pool.fetch(
        "select code from pdu where upper(valid) is null and region_code <> 'NA' order by code"
    )
    regions = await works.pool.fetch("select code from region where code <> 'NA' order by code")
    for row in pdus:
        await _name(works.house, "spo", row["code"], NAMES[0])
    for row in regions:
        await _name(works.house, "aco", row["code"], NAMES[1])
        await _name(works.house, "mappa_coordinator", row["code"], NAMES[2])
    await _name(works.house, "national_lead", "nation", NAMES[3])


async def _name(house: House, grade: Held, place: str, name: str) -> None:
    email = f"{grade.replace('_', '.')}.{place.lower()}@demo.invalid"
    await act(house, OPERATOR, keep_holder, KeepHolder(grade=grade, place=place, name=name, email=email))


async def chase_a_little(works: Works) -> None:
    """Police checks that were asked for, some long ago; and a concern about one NSI of the demo's practitioner."""
    today = london_today(works.house.now())
    found = (await act(works.house, OPERATOR, list_nsis, ListNsis(limit=200))).items
    running = [row for row in found if row.status not in ("completed", "withdrawn", "returned")]
    for number, row in enumerate(running):
        nsi = await act(works.house, OPERATOR, read_nsi, ReadNsi(id=row.id))
        line = next((one for one in nsi.actions if one.kind == "police_check" and one.done_at is None), None)
        if line:
            asked = (today - timedelta(days=ASKED[number % len(ASKED)])).isoformat()
            evidence: dict[str, str | bool] = {"force": FORCES[number % len(FORCES)], "asked_on": asked}
            await act(works.house, OPERATOR, record_evidence, RecordEvidence(id=row.id, n=line.n, evidence=evidence))
    practitioner = demo_actor("practitioner")
    own = next((row for row in running if row.receiving_pdu in practitioner.pdus), None)
    if own:
        concern = RaiseConcern(id=own.id, said="Nobody answers at the other end.")
        await act(works.house, practitioner, raise_concern, concern)
