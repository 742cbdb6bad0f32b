"""Connections of the invented PDU, and a courier that writes JSON."""

from collections.abc import Mapping
from typing import Any

import msgspec

from adapters.channels.webhook import Webhook, WebhookSettings
from adapters.contract import Outlet
from bedspace.store import Tx
from gateway.access.act import House
from gateway.delivery.courier import Courier
from gateway.delivery.parcels import Packed, Packer
from schemas.drafts import Draft, DraftNsi
from schemas.errors import Refused
from tests.adapters.channels.receiver import Receiver

SECRET = "whsec_" + "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="


PATIENCE = 10.0
"""Seconds: machines that run tests are slow at times. A test of one who hangs stops by itself."""


def pack(system: str, profile: str, codes: Mapping[str, Mapping[str, str]], draft: Draft) -> Packed:
    if profile == "none":
        raise Refused("The profile none has no words.")
    return Packed(content_type="application/json", raw=msgspec.json.encode(draft), filename="nsi.json")


def road(channel: str, settings: dict[str, Any]) -> Outlet:
    return Webhook(
        settings=msgspec.convert(settings, WebhookSettings), secret={"HOOK_SECRET": SECRET}.get, seconds=PATIENCE
    )


PACKER = Packer(pack=pack, takes=lambda _: (DraftNsi,), link_base="http://127.0.0.1:8000", secret=b"s" * 32)


def courier_of(house: House) -> Courier:
    return Courier(house, PACKER, road)


async def connect(
    owner: Tx,
    receiver: Receiver,
    code: str = "inventon-out",
    area: str = "P1",
    **more: Any,
) -> None:
    row = {
        "code": code,
        "title": f"Case system {code}",
        "area": area,
        "system": "ndelius",
        "channel": "webhook",
        "direction": "out",
        "profile": "plain",
        "way": "planned",
        "kept_by": "a test",
        "settings": {
            "url": f"http://127.0.0.1:{receiver.port}/{code}", "secret_variable": "HOOK_SECRET", "private": True
        },
        **more,
    }  # fmt: skip
    row["settings"] = msgspec.json.encode(row["settings"]).decode()
    columns = [*row, "records_temporary_moves", "kept_at"]
    marks = ", ".join(f"${n}" for n in range(1, len(row) + 1))
    await owner.execute(f"insert into connection ({', '.join(columns)}) values ({marks}, true, now())", *row.values())


async def deliver_all(courier: Courier) -> None:
    """Until nothing is due just now."""
    while (seconds := await courier.deliver_due()) is not None and seconds <= 0:
        pass
