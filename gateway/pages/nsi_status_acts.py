"""How a person takes an NSI from one status to the next."""

from datetime import date
from typing import Any

from gateway.pages.nsi_act import Act, When
from gateway.pages.nsi_sides import End
from gateway.pages.placement_forms import Field, moment
from gateway.pages.words import N_
from gateway.transfers.fold import allowed
from gateway.transfers.status import NEXT, record_status
from schemas.nsis import Nsi, RecordStatus
from schemas.words import NsiStatus

AT = moment("at", N_("When"), N_("Leave it empty for now"))
OUTCOME = Field(name="outcome", label=N_("Outcome"), kind="list", list="nsi_outcome", optional=True)


def _can(status: NsiStatus) -> When:
    def can(nsi: Nsi, today: date) -> bool:
        return status in NEXT[nsi.status] and allowed(nsi.type, status, today, nsi.move_on)

    return can


def _status(
    status: NsiStatus, *, text: str, question: str, done: str, end: End, over: bool = False, **more: Any
) -> Act:
    return Act(
        text=text,
        question=question,
        done=done,
        action="nsi.status",
        command=RecordStatus,
        verb=lambda _works: record_status,
        when=_can(status),
        end=end,
        fields=(AT, OUTCOME) if over else (AT,),
        given={"status": status},
        grave=over and status != "completed",
        **more,
    )


STATUS_ACTS: dict[str, Act] = {
    "receive": _status(
        "received",
        text=N_("Receive it"),
        question=N_("Receive this NSI"),
        done=N_("It is received. Allocate it next."),
        end="receiving",
        main=True,
        hint=N_(
            "You say that you have seen it. Receiving is not agreeing with the risk as it is: that you can challenge."
        ),
    ),
    "start": _status(
        "in_progress",
        text=N_("Record that it is in progress"),
        question=N_("Since when is it in progress?"),
        done=N_("It is in progress."),
        end="receiving",
        main=True,
    ),
    "complete": _status(
        "completed",
        text=N_("Complete it"),
        question=N_("Is everything done?"),
        done=N_("It is completed. What is still due after the move stays in the queue."),
        end="",
        over=True,
        main=True,
        hint=N_("What is marked as mandatory on the action list must be closed first."),
    ),
    "raise-again": _status(
        "raised",
        text=N_("Raise it again"),
        question=N_("Raise this NSI again"),
        done=N_("It is raised again, and is to be received."),
        end="sending",
        main=True,
    ),
    "withdraw": _status(
        "withdrawn",
        text=N_("Withdraw it"),
        question=N_("Withdraw this NSI"),
        done=N_("It is withdrawn."),
        end="sending",
        over=True,
    ),
    "return": _status(
        "returned",
        text=N_("Record that it was returned"),
        question=N_("Record that this NSI was returned to its sender"),
        done=N_("It is returned. It can be raised again."),
        end="sending",
        over=True,
    ),
}
