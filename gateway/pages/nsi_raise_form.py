"""The form of a new NSI: its fields as data, by how it comes about, and the command that what was typed comes to."""

from typing import Any, Literal, get_args

from gateway.access.actors import Actor
from gateway.pages.placement_forms import Field, command_of
from gateway.pages.words import N_
from schemas.errors import FieldFault, Invalid
from schemas.nsi_life import RaiseUnannounced
from schemas.nsis import NewPerson, RaiseNsi
from schemas.people import Person

How = Literal["planned", "unannounced", "in-flight"]
HOWS: tuple[How, ...] = get_args(How)
HEADINGS: dict[How, str] = {
    "planned": N_("Raise an NSI"),
    "unannounced": N_("Raise who arrived without warning"),
    "in-flight": N_("Raise a case that is in flight already"),
}
SAYS: dict[How, str] = {
    "planned": N_(
        "For somebody whom your PDU sends. You see who receives, and what will be asked, before it is raised."
    ),
    "unannounced": N_(
        "For somebody who is with you and of whom nobody told you. The PDU they come from is asked to confirm and "
        "complete it; its clocks run from today."
    ),
    "in-flight": N_("For a move that was under way when NSIs began: its clocks count from the day of its referral."),
}

NUMBER = Field(
    name="number",
    label=N_("CRN, prison number or PNC number"),
    kind="text",
    hint=N_("To fill in who it is, where the person is on record within your reach"),
    optional=True,
)
PERSON = (
    Field(name="name", label=N_("Name"), kind="text"),
    Field(name="crn", label=N_("CRN"), kind="text", hint=N_("Such as X123456"), optional=True),
    Field(name="noms", label=N_("Prison number"), kind="text", hint=N_("Such as A1234BC"), optional=True),
    Field(name="pnc", label=N_("PNC number"), kind="text", hint=N_("Such as 2003/0011985X"), optional=True),
    Field(
        name="birth_date",
        label=N_("Date of birth"),
        kind="date",
        hint=N_("Needed where there is no number"),
        optional=True,
    ),
    Field(name="gender", label=N_("Gender"), kind="choices", optional=True),
)
TYPE = Field(name="type", label=N_("What kind of move is it?"), kind="choice")
UNTIL = Field(
    name="until",
    label=N_("End of the move"),
    kind="date",
    hint=N_("Of a temporary move, where it is known"),
    optional=True,
)
WHERE = (
    Field(
        name="destination",
        label=N_("Postcode or place"),
        kind="text",
        hint=N_("A full postcode says best who receives; else a place, local authority or prison"),
    ),
    Field(
        name="address", label=N_("Address"), kind="note", hint=N_("Left empty where it is not known yet"), optional=True
    ),
)
AMONG = Field(
    name="among", label=N_("Which of these is it?"), kind="choice", hint=N_("The place lies in more than one PDU")
)
SUB_TYPE = Field(name="sub_type", label=N_("Why they move"), kind="list", list="nsi_sub_type", optional=True)
ROSH = Field(name="rosh", label=N_("Risk of serious harm (RoSH)"), kind="choices", optional=True)
MAPPA = (
    Field(name="category", label=N_("MAPPA category"), kind="choices", optional=True),
    Field(name="level", label=N_("MAPPA level"), kind="choices", optional=True),
)
ORDER = (
    Field(
        name="event_number",
        label=N_("Number of the order or licence"),
        kind="text",
        hint=N_("The event, as your case system counts it"),
        optional=True,
    ),
    Field(name="requirement", label=N_("Requirement that it is about"), kind="text", optional=True),
)
REASON = Field(
    name="reason", label=N_("Reason"), kind="note", hint=N_("What whoever receives should know first"), optional=True
)
FROM = Field(name="sending_pdu", label=N_("Sending PDU"), kind="choices", optional=True)
SAID = Field(
    name="sending_said",
    label=N_("Or the office as it was said"),
    kind="text",
    hint=N_("Where nobody is sure whose case it is"),
    optional=True,
)
SENDER = (
    Field(name="sender_name", label=N_("Who sends it"), kind="text", optional=True),
    Field(name="sender_email", label=N_("Their e-mail"), kind="text", optional=True),
)
NOTE = Field(name="note", label=N_("First note"), kind="note", hint=N_("About the person"), optional=True)


def _on(name: str, label: str, hint: str = "") -> Field:
    return Field(name=name, label=label, kind="date", hint=hint)


def parts(how: How, *, chooses: bool) -> list[tuple[str, tuple[Field, ...]]]:
    """The fields under their headings. `chooses`: the account works for more PDUs than one."""
    if how == "unannounced":
        came = (TYPE, _on("arrived_on", N_("Arrived on")), UNTIL)
        risk = (ROSH, REASON)
        return [
            (N_("Who"), PERSON),
            (N_("When they came"), came),
            (N_("Where they are"), WHERE),
            (N_("Risk, and why they came"), risk),
            (N_("Where they come from"), (FROM, SAID)),
        ]
    referred = (_on("referred_on", N_("Day of the referral"), N_("From which its clocks count")),)
    when = (TYPE, _on("move_on", N_("Day of the move")), UNTIL, *(referred if how == "in-flight" else ()))
    return [
        (N_("Who"), PERSON),
        (N_("The move"), (*when, SUB_TYPE)),
        (N_("Where to"), WHERE),
        (N_("Risk"), (ROSH, *MAPPA)),
        (N_("Order or licence"), ORDER),
        (N_("Who sends"), ((FROM,) if chooses else ()) + SENDER),
        (N_("The rest"), (REASON, NOTE)),
    ]


def fields_of(how: How, *, chooses: bool) -> tuple[Field, ...]:
    return tuple(field for _title, fields in parts(how, chooses=chooses) for field in fields)


def command(how: How, given: dict[str, Any], actor: Actor) -> RaiseNsi | RaiseUnannounced:
    """Raises `Invalid`, each fault under the name of its field."""
    fields = fields_of(how, chooses=len(actor.pdus) != 1)
    names = {one.name for one in PERSON}
    faults: list[FieldFault] = []
    person = _tried(faults, NewPerson, given, PERSON)
    rest = tuple(one for one in fields if one.name not in names | {"category", "level"})
    place = {"destination": given["among"]} if given.get("among") else {}
    kind = RaiseUnannounced if how == "unannounced" else RaiseNsi
    more: dict[str, Any] = {"person": person or NewPerson(name="-")}
    if how != "unannounced":
        more["mappa"] = _mappa(given)
    found = _tried(faults, kind, {**given, **place}, rest, **more)
    if faults:
        raise Invalid(*{fault.field: fault for fault in reversed(faults)}.values())
    return found  # type: ignore[no-any-return]  # of one of the two kinds


def _tried(faults: list[FieldFault], kind: type[Any], given: dict[str, Any], fields: Any, **more: Any) -> Any:
    try:
        return command_of(kind, given, fields, **more)
    except Invalid as error:
        faults += error.faults
        return None


def _mappa(given: dict[str, Any]) -> str | None:
    """As people write it, and as rules read it."""
    said = [
        f"Category {given['category']}" if given["category"] else "",
        f"Level {given['level']}" if given["level"] else "",
    ]
    return " ".join(filter(None, said)) or None


def begins(how: How, actor: Actor) -> dict[str, Any]:
    """What the form begins with."""
    sender = {"sender_name": actor.name, "sender_email": actor.email or ""} if how != "unannounced" else {}
    return {**sender, "type": "temporary_move" if how == "unannounced" else ""}


def of_person(found: Person) -> dict[str, str]:
    """The fields of somebody who was found on record."""
    known = {name: getattr(found, name) or "" for name in ("name", "crn", "noms", "pnc", "gender")}
    born = found.birth_date
    return known | {f"birth_date-{part}": str(getattr(born, part)) if born else "" for part in ("day", "month", "year")}
