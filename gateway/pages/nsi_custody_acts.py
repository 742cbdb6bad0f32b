"""Acts about whose case it is: a challenge on risk, both ends, the review of a move, components, the nation."""

from datetime import date

from gateway.pages.nsi_act import Act, under_way
from gateway.pages.placement_forms import Field, reason
from gateway.pages.words import N_
from gateway.transfers.challenge import CHALLENGED, raise_challenge
from gateway.transfers.components import add_components
from gateway.transfers.ends import report_end
from gateway.transfers.move_review import review_move
from gateway.transfers.national import OVER, seek_for_nsi
from schemas.challenges import RaiseChallenge
from schemas.components import AddComponents
from schemas.ends import ReportEnd
from schemas.move_review import ReviewMove
from schemas.national import SeekForNsi
from schemas.nsis import Nsi

ON = Field(name="on", label=N_("On which day"), kind="date", hint=N_("Leave it empty for today"), optional=True)
WHY = Field(
    name="why", label=N_("Note"), kind="note", hint=N_("In words, with nothing that names the person"), optional=True
)
REASON_NEEDED = Field(
    name="why", label=N_("Why it lasts longer"), kind="note", hint=N_("In words, with nothing that names the person")
)


def _moves(nsi: Nsi, today: date) -> bool:
    return nsi.status not in ("prepared", "withdrawn", "returned") and nsi.move_on <= today


def _is_away(nsi: Nsi, today: date) -> bool:
    """A temporary move that was begun and whose origin has not said yet how it ends."""
    ended = any(one.decision in ("returned", "case_transfer") for one in nsi.move_reviews)
    return nsi.type == "temporary_move" and _moves(nsi, today) and not ended


def _is_transferred(nsi: Nsi, today: date) -> bool:
    return nsi.type == "case_transfer" and under_way(nsi, today)


CUSTODY_ACTS: dict[str, Act] = {
    "challenge": Act(
        text=N_("Challenge it on risk"),
        question=N_("Which risk cannot be managed?"),
        done=N_("It is challenged. The national lead decides; everything else goes on meanwhile."),
        action="nsi.challenge",
        command=RaiseChallenge,
        verb=lambda _works: raise_challenge,
        when=lambda nsi, _today: nsi.status in CHALLENGED and nsi.challenge_due is None,
        end="receiving",
        hint=N_(
            "A receiver cannot refuse. It may challenge on risk only: supervision, enforcement, recall and clocks "
            "go on until the national lead has decided."
        ),
        fields=(
            reason("challenge"),
            Field(
                name="said",
                label=N_("What the risk is"),
                kind="note",
                hint=N_("For whoever decides. About the person, and seen by whoever may see them"),
            ),
        ),
        about_person=True,
    ),
    "went": Act(
        text=N_("Report that the person went"),
        question=N_("When did the person go?"),
        done=N_("It is reported that the person went."),
        action="nsi.end",
        command=ReportEnd,
        verb=lambda _works: report_end,
        when=_moves,
        end="sending",
        fields=(ON,),
        given={"which": "out"},
        hint=N_("Each end reports its own. Another day corrects what was reported before."),
    ),
    "came": Act(
        text=N_("Report that the person came"),
        question=N_("When did the person come?"),
        done=N_("It is reported that the person came."),
        action="nsi.end",
        command=ReportEnd,
        verb=lambda _works: report_end,
        when=_moves,
        end="receiving",
        fields=(ON,),
        given={"which": "in"},
        hint=N_("Each end reports its own. Another day corrects what was reported before."),
    ),
    "back": Act(
        text=N_("The person is back"),
        question=N_("When did the person come back?"),
        done=N_("The temporary move is reviewed, and over."),
        action="nsi.review_move",
        command=ReviewMove,
        verb=lambda _works: review_move,
        when=_is_away,
        end="sending",
        fields=(
            Field(
                name="back_on",
                label=N_("On which day"),
                kind="date",
                hint=N_("Leave it empty for today"),
                optional=True,
            ),
            WHY,
        ),
        given={"decision": "returned"},
        main=True,
    ),
    "longer": Act(
        text=N_("It lasts longer"),
        question=N_("Until when does it last?"),
        done=N_("The temporary move lasts longer, and is reviewed at its new end."),
        action="nsi.review_move",
        command=ReviewMove,
        verb=lambda _works: review_move,
        when=lambda nsi, today: _is_away(nsi, today) and nsi.status != "completed",
        end="sending",
        fields=(Field(name="until", label=N_("New end of the temporary move"), kind="date"), REASON_NEEDED),
        given={"decision": "extended"},
        hint=N_("Your PDU stays responsible."),
    ),
    "becomes-transfer": Act(
        text=N_("Make it a case transfer"),
        question=N_("Make this temporary move a case transfer"),
        done=N_("A case transfer is raised, and this temporary move is over."),
        action="nsi.review_move",
        command=ReviewMove,
        verb=lambda _works: review_move,
        when=_is_away,
        end="sending",
        fields=(
            Field(
                name="move_on",
                label=N_("From which day"),
                kind="date",
                hint=N_("Leave it empty for today"),
                optional=True,
            ),
            WHY,
        ),
        given={"decision": "case_transfer"},
        hint=N_("It is raised to the same PDU. Your PDU stays responsible until it is completed."),
    ),
    "components-on-record": Act(
        text=N_("Take components from the record"),
        question=N_("Take orders, licences and requirements from the record"),
        done=N_("The components are named, each to be decided."),
        action="nsi.component",
        command=AddComponents,
        verb=lambda _works: add_components,
        when=_is_transferred,
        given={"from_record": True},
        hint=N_("What is named already is not added again."),
    ),
    "hard-to-place": Act(
        text=N_("Hard to place: ask the nation"),
        question=N_("Why is no place found?"),
        done=N_("The person is in the queue of the nation, and the national lead is told."),
        action="national.seek",
        command=SeekForNsi,
        verb=lambda _works: seek_for_nsi,
        when=lambda nsi, _today: (
            nsi.status not in OVER and (nsi.hard_to_place is None or nsi.hard_to_place.outcome is not None)
        ),
        fields=(
            reason("hard_to_place"),
            Field(
                name="tried",
                label=N_("What was tried"),
                kind="note",
                hint=N_("Whom you asked, and why it failed. About the person"),
            ),
            Field(name="needed", label=N_("What a place must have"), kind="note", hint=N_("About the person")),
        ),
        hint=N_("Everything else of the NSI goes on."),
        about_person=True,
    ),
}
