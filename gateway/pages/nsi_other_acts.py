"""What else is done with an NSI as a whole: allocated, changed, noted, found to be another one."""

from datetime import date

from gateway.pages.nsi_act import ABOUT, Act, under_way
from gateway.pages.placement_forms import Field, reason
from gateway.pages.words import N_
from gateway.transfers.actions import add_action
from gateway.transfers.allocate import ALLOCATED, allocate_nsi, note_nsi
from gateway.transfers.changing import Changer
from gateway.transfers.escalate import raise_concern
from gateway.transfers.merge import merge_nsi, unmerge_nsi
from gateway.transfers.status import NEXT
from schemas.action_list import AddAction
from schemas.chasing import RaiseConcern
from schemas.nsi_life import AllocateNsi, ChangeNsi, MergeNsi, NoteNsi, UnmergeNsi
from schemas.nsis import Nsi


def _before_the_move(nsi: Nsi, today: date) -> bool:
    return nsi.status != "returned" and bool(NEXT[nsi.status]) and nsi.move_on >= today


OTHER_ACTS: dict[str, Act] = {
    "allocate": Act(
        text=N_("Allocate it"),
        question=N_("To which team and officer is it allocated?"),
        done=N_("It is allocated."),
        action="nsi.allocate",
        command=AllocateNsi,
        verb=lambda _works: allocate_nsi,
        when=lambda nsi, _today: nsi.status in ALLOCATED or "allocated" in NEXT[nsi.status],
        end="receiving",
        main=True,
        fields=(
            Field(name="team", label=N_("Team"), kind="text"),
            Field(
                name="officer", label=N_("Officer"), kind="text", hint=N_("Where there is one already"), optional=True
            ),
            Field(
                name="officer_email",
                label=N_("Their e-mail"),
                kind="text",
                hint=N_("They are told of what is due"),
                optional=True,
            ),
        ),
    ),
    "change": Act(
        text=N_("Change day or address"),
        question=N_("What is different?"),
        done=N_("It is changed, and its clocks are counted anew."),
        action="nsi.change",
        command=ChangeNsi,
        verb=lambda works: Changer(works.postcodes).change_nsi,
        when=_before_the_move,
        end="sending",
        hint=N_("Fill in only what changes. In another PDU it is to be received anew, and both ends are told."),
        fields=(
            reason("nsi_change"),
            Field(name="move_on", label=N_("New day of the move"), kind="date", optional=True),
            Field(name="until", label=N_("New end of the temporary move"), kind="date", optional=True),
            Field(
                name="destination",
                label=N_("New place"),
                kind="text",
                hint=N_("A full postcode, place, local authority or prison"),
                optional=True,
            ),
            Field(name="address", label=N_("New address"), kind="note", optional=True),
            ABOUT,
        ),
    ),
    "no-move": Act(
        text=N_("There is no move"),
        question=N_("Why is there no move?"),
        done=N_("It is withdrawn: there is no move. Both ends are told."),
        action="nsi.change",
        command=ChangeNsi,
        verb=lambda works: Changer(works.postcodes).change_nsi,
        when=_before_the_move,
        end="sending",
        fields=(reason("nsi_change"), ABOUT),
        given={"withdraw": True},
        grave=True,
    ),
    "concern": Act(
        text=N_("Raise a concern"),
        question=N_("What are you concerned about?"),
        done=N_("Your SPO is told, and it shows here."),
        action="nsi.concern",
        command=RaiseConcern,
        verb=lambda _works: raise_concern,
        when=under_way,
        hint=N_("About the progress. Your own SPO is told at once, and it shows on the NSI."),
        fields=(
            Field(
                name="said",
                label=N_("What is wrong"),
                kind="note",
                hint=N_("In words, with nothing that names the person"),
            ),
            Field(name="rule", label=N_("About which clock"), kind="choices", optional=True),
        ),
    ),
    "note": Act(
        text=N_("Add a note"),
        question=N_("Add a note"),
        done=N_("The note is added."),
        action="nsi.note",
        command=NoteNsi,
        verb=lambda _works: note_nsi,
        when=lambda _nsi, _today: True,
        fields=(
            Field(
                name="text",
                label=N_("Note"),
                kind="note",
                hint=N_("About the person. It is seen by whoever may see them, and is not changed afterwards"),
            ),
        ),
        about_person=True,
    ),
    "add-action": Act(
        text=N_("Add a line to the action list"),
        question=N_("What else is to be done?"),
        done=N_("The line is added."),
        action="nsi.action",
        command=AddAction,
        verb=lambda _works: add_action,
        when=under_way,
        fields=(
            Field(name="title", label=N_("What"), kind="text", hint=N_("With nothing that names the person")),
            Field(name="owner", label=N_("Whose it is"), kind="choices"),
            Field(name="due", label=N_("By when"), kind="date", optional=True),
            Field(name="to", label=N_("Assigned to"), kind="text", optional=True),
        ),
    ),
    "merge": Act(
        text=N_("It is the same as another NSI"),
        question=N_("Which NSI is it the same as?"),
        done=N_("The two are one now. It can be taken back."),
        action="nsi.merge",
        command=MergeNsi,
        verb=lambda _works: merge_nsi,
        when=lambda nsi, _today: not nsi.merged,
        hint=N_("This one is over by it; what other systems report of it goes to the other one. Nobody is written to."),
        fields=(
            Field(name="into", label=N_("The other NSI"), kind="text", hint=N_("Its reference, such as NSI-000123")),
        ),
        grave=True,
    ),
    "unmerge": Act(
        text=N_("They are two after all"),
        question=N_("Take the merge back"),
        done=N_("They are two again."),
        action="nsi.unmerge",
        command=UnmergeNsi,
        verb=lambda _works: unmerge_nsi,
        when=lambda nsi, _today: nsi.merged_into is not None,
        main=True,
    ),
}
