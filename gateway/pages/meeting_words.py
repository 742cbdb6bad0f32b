"""Words of the pages on who must not meet."""

from gateway.pages.words import N_
from schemas.meetings import CheckOutcome

OUTCOMES: dict[CheckOutcome, tuple[str, str]] = {
    "none_known": (N_("Checked: nobody is known"), "green"),
    "recorded": (N_("Checked: whoever there is, is recorded"), "green"),
    "not_possible": (N_("It could not be checked"), "orange"),
}
