"""What is recorded of a paper file: each form as data, and the command that what was typed comes to."""

from typing import Any
from uuid import UUID

from msgspec import Struct

from gateway.pages.locate_act import Change
from gateway.pages.placement_forms import Field, command_of
from gateway.pages.words import N_
from schemas.paper import DispatchPaper, PlacePaper, ReceivePaper

TODAY = N_("Left empty: today")


class Recorded(Struct, frozen=True):
    """A form, its command, and what is said when it is done."""

    change: Change
    command: type[Any]
    done: str


PAPER: dict[str, Recorded] = {
    "sent": Recorded(
        Change(
            action="nsi.paper",
            question=N_("How was the paper file sent?"),
            button=N_("Record that it was sent"),
            hint=N_("By the PDU that sends. Print the transfer pack, and put it in front."),
            fields=(
                Field(name="carrier", label=N_("Carrier"), kind="text"),
                Field(name="reference", label=N_("Reference of the carrier"), kind="text", optional=True),
                Field(name="from_place", label=N_("From where"), kind="text", optional=True),
                Field(name="to_place", label=N_("To where"), kind="text", optional=True),
                Field(name="on", label=N_("Sent on"), kind="date", hint=TODAY, optional=True),
            ),
        ),
        DispatchPaper,
        N_("It is recorded that the paper file was sent."),
    ),
    "place": Recorded(
        Change(
            action="nsi.paper",
            question=N_("Where is the paper file now?"),
            button=N_("Record where it is"),
            fields=(Field(name="place", label=N_("Where it is now"), kind="text"),),
        ),
        PlacePaper,
        N_("It is recorded where the paper file is."),
    ),
    "received": Recorded(
        Change(
            action="nsi.paper",
            question=N_("Who has received the paper file, and was anything missing?"),
            button=N_("Record that it was received"),
            hint=N_("By the PDU that receives. What was missing is asked of the sender."),
            fields=(
                Field(name="received_by", label=N_("Received by"), kind="text"),
                Field(name="on", label=N_("Received on"), kind="date", hint=TODAY, optional=True),
                Field(name="place", label=N_("Where it is kept"), kind="text", optional=True),
                Field(name="missing", label=N_("What was missing"), kind="needs", optional=True),
                Field(
                    name="missing_note",
                    label=N_("What else was missing"),
                    kind="note",
                    hint=N_("It is shown to those who may see the person only"),
                    optional=True,
                ),
                Field(
                    name="carrier",
                    label=N_("Carrier"),
                    kind="text",
                    hint=N_("Only where nobody recorded that it was sent"),
                    optional=True,
                ),
                Field(
                    name="dispatched_on",
                    label=N_("Sent on"),
                    kind="date",
                    hint=N_("Only where nobody recorded that it was sent"),
                    optional=True,
                ),
            ),
        ),
        ReceivePaper,
        N_("It is recorded that the paper file was received."),
    ),
}


def paper_command(name: str, given: dict[str, Any], nsi: UUID) -> Any:
    """Raises `Invalid`, each fault under the name of its field."""
    return command_of(PAPER[name].command, given, PAPER[name].change.fields, id=nsi)
