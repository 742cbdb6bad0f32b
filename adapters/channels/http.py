"""An area's system posts to us, with a token of its own account: `POST /api/v1/intake`."""

from msgspec import Struct

from adapters.contract import Channel


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """The account of the connection says it all."""


CHANNEL = Channel(
    name="http",
    describes="Their system posts to ours, with a token of its own account",
    settings=Nothing,
    called=True,
)
