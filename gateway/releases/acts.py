"""What is done with a release: the command of each act by its name, and the verb, for whichever door."""

from collections.abc import Awaitable, Callable
from typing import Any

from gateway.releases.dates import change_date, confirm_date
from gateway.releases.end import cancel_release, record_released, record_returned
from gateway.releases.move_on import MoverOn
from gateway.releases.needing import settle_need
from gateway.releases.notice import Noticer
from gateway.releases.places import approve_address, arrange_accommodation, check_address
from gateway.releases.refer import refer_release
from schemas import releases

Verb = Callable[..., Awaitable[Any]]

RELEASE_ACTS: dict[str, tuple[type[Any], Callable[[Any], Verb]]] = {
    "address": (releases.CheckAddress, lambda _postcodes: check_address),
    "approve": (releases.ApproveAddress, lambda _postcodes: approve_address),
    "arrange": (releases.ArrangeAccommodation, lambda _postcodes: arrange_accommodation),
    "need": (releases.SettleNeed, lambda _postcodes: settle_need),
    "change": (releases.ChangeReleaseDate, lambda _postcodes: change_date),
    "confirm-date": (releases.ConfirmReleaseDate, lambda _postcodes: confirm_date),
    "change-of-mind": (releases.ChangeMind, lambda postcodes: Noticer(postcodes).change_mind),
    "cancel": (releases.CancelRelease, lambda _postcodes: cancel_release),
    "refer": (releases.ReferRelease, lambda _postcodes: refer_release),
    "released": (releases.RecordReleased, lambda _postcodes: record_released),
    "returned": (releases.RecordReturned, lambda _postcodes: record_returned),
    "move-on": (releases.AnswerMoveOn, lambda postcodes: MoverOn(postcodes).answer_move_on),
}
"""By the last part of its address."""
