"""The form of each act on a placement: its fields as data, and the command that what was typed comes to."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Literal

import msgspec
from msgspec import Struct

from gateway.pages.search_form import Fields
from gateway.pages.words import LONDON, N_, _
from schemas.errors import FieldFault, Invalid
from schemas.placements import PlacementAct

Kind = Literal[
    "list",
    "note",
    "date",
    "moment",
    "text",
    "codes",
    "tick",
    "where",
    "premises",
    "needs",
    "choice",
    "choices",
    "yes_no",
]


class Field(Struct, frozen=True, kw_only=True):
    """One question. A `list` names the list it is chosen from; a `moment` is a day and an hour of London."""

    name: str
    label: str
    kind: Kind
    hint: str = ""
    list: str = ""
    optional: bool = False


NOTE = Field(
    name="note", label=N_("Note"), kind="note", hint=N_("In words, with nothing that names the person"), optional=True
)
UNCHECKED = Field(
    name="checked_reason",
    label=N_("Who must not meet whom was not checked, because"),
    kind="list",
    list="unchecked",
    hint=N_("Only where nobody has checked: not checked does not mean that there is nobody"),
    optional=True,
)
UNCHECKED_NOTE = Field(name="checked_note", label=N_("More about that"), kind="note", optional=True)
UNTIL = Field(
    name="until", label=N_("New day of departure"), kind="date", hint=N_("The first night that is not theirs")
)
WHICH = Field(name="premises", label=N_("Answer of"), kind="premises", optional=True)


def reason(of: str) -> Field:
    return Field(name="reason", label=N_("Reason"), kind="list", list=of)


def moment(name: str, label: str, hint: str) -> Field:
    return Field(name=name, label=label, kind="moment", hint=hint, optional=True)


FORMS: dict[PlacementAct, tuple[Field, ...]] = {
    "ask": (
        Field(name="premises", label=N_("Codes of premises"), kind="codes", hint=N_("One or more, such as P034 P037")),
    ),
    "offer": (Field(name="bed", label=N_("Bed"), kind="text", hint=N_("As a search shows it, such as P034-02")),),
    "accept": (
        WHICH,
        Field(
            name="bed",
            label=N_("Bed"),
            kind="text",
            optional=True,
            hint=N_("Left empty: the bed offered, or the free one that fits best"),
        ),
        moment("arrive_by", N_("Agreed hour of arrival"), N_("Leave it empty for the usual hour of the premises")),
        UNCHECKED,
        UNCHECKED_NOTE,
        NOTE,
    ),
    "decline": (WHICH, reason("decline"), NOTE),
    "withdraw": (reason("withdraw"), NOTE),
    "arrive": (
        moment("at", N_("When"), N_("Leave it empty for now")),
        Field(name="bed", label=N_("Bed"), kind="text", optional=True, hint=N_("Only where it is another one")),
    ),
    "not_arrived": (reason("not_arrived"), NOTE),
    "depart": (
        moment("at", N_("When"), N_("Leave it empty for now")),
        reason("departure"),
        Field(name="move_on", label=N_("Moved on to"), kind="list", list="move_on", optional=True),
        NOTE,
    ),
    "extend": (UNTIL, NOTE),
    "shorten": (UNTIL, NOTE),
    "needs": (Field(name="needs", label=N_("One bed must have"), kind="needs", optional=True), NOTE),
    "away": (
        Field(name="where", label=N_("Where"), kind="where"),
        moment("until", N_("Expected back"), N_("Leave it empty where nobody knows")),
        NOTE,
    ),
    "back": (),
    "cancel": (reason("cancel"), NOTE),
    "relocate": (
        Field(name="bed", label=N_("Bed"), kind="text", hint=N_("Of the other premises, as a search shows it")),
        Field(name="on", label=N_("First night there"), kind="date", optional=True, hint=N_("Today where it is empty")),
        Field(name="emergency", label=N_("It is an emergency: the person moves at once"), kind="tick", optional=True),
        reason("relocate"),
        NOTE,
    ),
    "relocation_accept": (UNCHECKED, UNCHECKED_NOTE, NOTE),
    "relocation_decline": (reason("decline"), NOTE),
    "relocation_undo": (NOTE,),
}


def typed(fields: tuple[Field, ...], form: Fields) -> dict[str, Any]:
    """What was typed, to be shown again: each field by its name, days and hours by their parts."""
    names = [part for field in fields for part in _parts(field)]
    found: dict[str, Any] = {name: _text(form, name) for name in names}
    return found | {
        field.name: [one for one in form.getall(field.name, []) if isinstance(one, str)]
        for field in fields
        if field.kind == "needs"
    }


def command_of(kind: type[Any], given: Mapping[str, Any], fields: tuple[Field, ...], /, **more: Any) -> Any:
    """The command. Raises `Invalid` with every fault at once, each under the name of its field."""
    faults: list[FieldFault] = []
    values: dict[str, Any] = {}
    for field in fields:
        try:
            value = _value(field, given)
        except Invalid as error:
            faults += error.faults
            continue
        if value not in (None, "", []) or field.kind == "needs":
            values[field.name] = value
        elif not field.optional:
            faults.append(FieldFault(field.name, _("Give this: %(what)s") % {"what": _(field.label)}))
    if faults:
        raise Invalid(*faults)
    try:
        return msgspec.convert(values | more, kind, strict=False)
    except msgspec.ValidationError as error:
        what, _at, where = str(error).partition(" - at ")
        raise Invalid.because(where.strip("`$.").partition("[")[0] or "note", what) from error


def _value(field: Field, given: Mapping[str, Any]) -> Any:
    match field.kind:
        case "date":
            return day_of(field, given)
        case "moment":
            return _moment(field, given)
        case "codes":
            return given[field.name].replace(",", " ").upper().split()
        case "tick":
            return given[field.name] == "1"
        case "yes_no":
            return {"yes": True, "no": False}.get(given[field.name])
        case _:
            return given[field.name]


def _parts(field: Field) -> list[str]:
    if field.kind in ("date", "moment"):
        day = [f"{field.name}-{part}" for part in ("day", "month", "year")]
        return [*day, f"{field.name}-time"] if field.kind == "moment" else day
    return [field.name]


def day_of(field: Field, given: Mapping[str, Any]) -> date | None:
    """None where nothing was typed. Raises `Invalid`."""
    day, month, year = (given[f"{field.name}-{part}"] for part in ("day", "month", "year"))
    if not (day or month or year):
        return None
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError) as error:
        raise Invalid.because(field.name, _("Give a real date: day, month and year, such as 11 1 2027")) from error


def _moment(field: Field, given: Mapping[str, Any]) -> datetime | None:
    """In London. A day without an hour is not a moment."""
    day, hour = day_of(field, given), given[f"{field.name}-time"]
    if day is None and not hour:
        return None
    try:
        clock = time.fromisoformat(hour.replace(".", ":").zfill(5))
    except ValueError as error:
        raise Invalid.because(field.name, _("Give the hour as 14:30")) from error
    if day is None:
        raise Invalid.because(field.name, _("Give the day too"))
    return datetime.combine(day, clock, LONDON)


def _text(form: Fields, name: str) -> str:
    value = form.get(name, "")
    return value.strip()[:2000] if isinstance(value, str) else ""
