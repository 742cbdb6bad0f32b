"""What an nDelius sends by a trusted connection: an NSI in JSON, then contacts and enforcement of the case in XML."""

import hashlib
import json
from pathlib import Path
from typing import Any

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.intake.read import read_inbox
from gateway.intake.settle import Settler
from gateway.intake.store import store_message
from gateway.intake.work import read_waiting
from gateway.store.database import Pool, transaction
from gateway.transfers.read import read_nsi
from gateway.wiring import open_readers
from schemas.inbox import InboxItem, ReadInbox, StoreMessage
from schemas.nsis import ReadNsi
from tests.connections.keeping import SYSTEM, keep

CONTACTS = Path(__file__).parents[1] / "adapters/ndelius/fixtures/spg/contacts-with-enforcement.xml"
CODES = {"type": {"QX1": "case_transfer"}, "destination": {"N07UAT": "LS1 4AP"}}
ROBIN: dict[str, Any] = {
    "offender": {
        "firstName": "Robin",
        "surname": "Invented",
        "dateOfBirth": "1990-02-03",
        "otherIds": {"crn": "X123456"},
    },
    "nsis": [
        {
            "nsiId": 2500018999,
            "nsiType": {"code": "QX1"},
            "nsiStatus": {"code": "INPROG"},
            "statusDateTime": "2026-11-20T09:30:00",
            "referralDate": "2026-11-16",
            "expectedStartDate": "2026-12-18",
            "nsiManagers": [{"team": {"code": "N07UAT"}}],
        }
    ],
}


async def sent(house: House, settler: Settler, raw: bytes, content_type: str) -> InboxItem:
    key = hashlib.sha256(raw).hexdigest()
    message = StoreMessage(raw=raw, content_type=content_type, source_key=key, channel="http", systems=("ndelius",))
    item = await act(house, SYSTEM, store_message, message)
    async with open_readers() as readers:
        await read_waiting(house, readers, settler, only=(item.inbox_id,))
    return await act(house, OPERATOR, read_inbox, ReadInbox(id=item.inbox_id))


async def test_sys_10_an_nsi_of_ndelius_is_raised_by_the_codes_of_its_connection_and_its_absences_follow(
    house: House, pool: Pool, settler: Settler
) -> None:
    await keep(house, system="ndelius", profile="ndelius", codes=CODES)
    item = await sent(house, settler, json.dumps(ROBIN).encode(), "application/json")
    assert (item.state, item.reason) == ("raised", "Of 1 record: 1 raised.")
    nsi = await act(house, GATEWAY, read_nsi, ReadNsi(id=item.nsi_ids[0]))
    assert (nsi.type, nsi.status, nsi.receiving.pdu.code) == ("case_transfer", "in_progress", "N55LEE")
    assert nsi.evidence["destination"].source == "/nsis/0/nsiManagers/0/team/code"
    log = await sent(house, settler, CONTACTS.read_bytes(), "application/xml")
    assert str(log.reason).partition(" First")[0] == "Of 3 records: 2 raised, 1 for a person."
    async with transaction(pool) as tx:
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        rows = await tx.fetch("select outcome, external_reference from contact where source = 'york-crams'")
        kinds = [row["kind"] for row in await tx.fetch("select kind from enforcement")]
    assert [tuple(row) for row in rows] == [("unacceptable_absence", "contact:1502727")]
    assert kinds == ["warning"]
