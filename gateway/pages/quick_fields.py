"""The fields that pages have most of, written directly: what the GOV.UK macros write for them, in a tenth of the time.

Sixty checkboxes took the macro a third of a page of results. Whatever is asked of a field that is not known here goes
to the macro, and a test holds the two side by side.
"""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup, escape

Params = Mapping[str, Any]
Macro = Callable[[Params], Markup]

TEXT = {"text", "classes"}
KNOWN = {
    "label": TEXT,
    "hint": {"text"},
    "errorMessage": {"text", "visuallyHiddenText"},
    "legend": TEXT,
    "fieldset": {"legend", "describedBy"},
    "formGroup": {"classes"},
}
COMMON = {"name", "classes", "hint", "errorMessage", "formGroup"}
INPUT = COMMON | {"id", "label", "value", "type", "autocomplete", "autocapitalize", "inputmode", "spellcheck"}
BOXES = COMMON | {"idPrefix", "fieldset", "values", "items"}
BOX = {"value", "text", "hint", "checked"}
DATE = COMMON | {"id", "namePrefix", "fieldset", "items"}
PART = {"name", "label", "value", "classes", "autocomplete"}


def quick(name: str, macro: Macro) -> Macro:
    """The macro, or its quicker twin where there is one."""
    twin = TWINS.get(name)
    if twin is None:
        return macro
    known, write = twin

    def either(params: Params) -> Markup:
        return Markup(write(params)) if known(params) else macro(params)  # noqa: S704  # each piece is escaped

    return either


def _plain(params: Any, names: set[str]) -> bool:
    """Whether nothing is asked for but these, with nothing in them that is not known or is missing."""
    return (
        isinstance(params, Mapping)
        and params.keys() <= names
        and all(
            not isinstance(value, Undefined)
            and value is not True
            and (not value or name not in KNOWN or _plain(value, KNOWN[name]))
            for name, value in params.items()
        )
    )


def _knows_input(params: Params) -> bool:
    return _plain(params, INPUT) and bool((params.get("label") or {}).get("text")) and "name" in params


def _knows_boxes(params: Params) -> bool:
    return (
        all(
            _plain({**item, "checked": None}, BOX) and item.get("text") and "value" in item
            for item in params.get("items", ())
        )
        and bool(params.get("fieldset"))
        and _plain({**params, "items": None}, BOXES)
    )


def _knows_date(params: Params) -> bool:
    parts = params.get("items", ())
    return (
        bool(parts and params.get("fieldset") and params.get("id"))
        and all(_plain({**part, "label": None}, PART) and "name" in part for part in parts)
        and _plain({**params, "items": None}, DATE)
    )


def _input(params: Params) -> str:
    named = params.get("id") or params["name"]
    label, wrong = params["label"], params.get("errorMessage")
    classes = f"{_after(' ', params.get('classes'))}{' govuk-input--error' if wrong else ''}"
    told, described = _told(named, params, "")
    spelling = params.get("spellcheck")
    given = {
        "spellcheck": None if spelling is None else str(spelling).lower(),
        "value": params.get("value"),
        "aria-describedby": described or None,
        **{name: params.get(name) for name in ("autocomplete", "autocapitalize", "inputmode")},
    }
    more = "".join(
        [f' {name}="{escape(value)}"' for name, value in given.items() if value is not None and value is not False]
    )
    return (
        f"{_group(params)}{_label(label, named, _after(' ', label.get('classes')))}{told}"
        f'<input class="govuk-input{classes}" id="{escape(named)}" name="{escape(params["name"])}" '
        f'type="{escape(params.get("type") or "text")}"{more}>\n</div>'
    )


def _boxes(params: Params) -> str:
    prefix, name, ticked = params.get("idPrefix") or params["name"], params["name"], params.get("values") or ()
    told, described = _told(prefix, params, params["fieldset"].get("describedBy") or "")
    boxes = []
    for n, item in enumerate(params.get("items") or (), 1):
        each = prefix if n == 1 else f"{prefix}-{n}"
        checked = item.get("checked") or (item["value"] in ticked and item.get("checked") is not False)
        hint = item.get("hint")
        boxes.append(
            f'<div class="govuk-checkboxes__item">\n<input class="govuk-checkboxes__input" id="{escape(each)}" '
            f'name="{escape(name)}" type="checkbox" value="{escape(item["value"])}"{" checked" if checked else ""}'
            f"{_after_quoted('aria-describedby', f'{each}-item-hint') if hint else ''}>\n"
            f"{_label(item, each, ' govuk-checkboxes__label')}"
            f"{_hint(f'{each}-item-hint', hint, ' govuk-checkboxes__hint') if hint else ''}</div>\n"
        )
    inner = (
        f'{told}<div class="govuk-checkboxes{_after(" ", params.get("classes"))}" data-module="govuk-checkboxes">\n'
        f"{''.join(boxes)}</div>"
    )
    return f"{_group(params)}{_fieldset(params['fieldset'], described, inner, '')}\n</div>"


def _date(params: Params) -> str:
    told, described = _told(params["id"], params, params["fieldset"].get("describedBy") or "")
    parts = []
    for item in params["items"]:
        field = {
            "label": {"text": item.get("label") or item["name"].capitalize(), "classes": "govuk-date-input__label"},
            "id": f"{params['id']}-{item['name']}",
            "classes": f"govuk-date-input__input {item.get('classes') or ''}",
            "name": f"{params['namePrefix']}-{item['name']}" if params.get("namePrefix") else item["name"],
            "value": item.get("value"),
            "inputmode": "numeric",
            "autocomplete": item.get("autocomplete"),
        }
        parts.append(f'<div class="govuk-date-input__item">\n{_input(field)}\n</div>\n')
    inner = (
        f'{told}<div class="govuk-date-input{_after(" ", params.get("classes"))}" id="{escape(params["id"])}">\n'
        f"{''.join(parts)}</div>"
    )
    group = ' role="group"'
    return f"{_group(params)}{_fieldset(params['fieldset'], described, inner, group)}\n</div>"


def _group(params: Params) -> str:
    more = (params.get("formGroup") or {}).get("classes")
    wrong = " govuk-form-group--error" if params.get("errorMessage") else ""
    return f'<div class="govuk-form-group{wrong}{_after(" ", more)}">\n'


def _fieldset(fieldset: Params, described: str, inner: str, role: str) -> str:
    legend = fieldset.get("legend") or {}
    about = _after_quoted("aria-describedby", described) if described else ""
    named = ""
    if legend.get("text"):
        classes = f"govuk-fieldset__legend{_after(' ', legend.get('classes'))}"
        named = f'<legend class="{classes}">\n{escape(legend["text"])}\n</legend>\n'
    return f'<fieldset class="govuk-fieldset"{role}{about}>\n{named}{inner}\n</fieldset>'


def _told(named: str, params: Params, described: str) -> tuple[str, str]:
    """The hint and the error, and the ids of what describes the field."""
    said, ids = "", [described] if described else []
    if hint := params.get("hint"):
        said += _hint(f"{named}-hint", hint, "")
        ids.append(f"{named}-hint")
    if wrong := params.get("errorMessage"):
        hidden = wrong.get("visuallyHiddenText", "Error")
        before = f'<span class="govuk-visually-hidden">{escape(hidden)}:</span> ' if hidden else ""
        ids.append(f"{named}-error")
        text = escape(wrong.get("text", ""))
        said += f'<p id="{escape(named)}-error" class="govuk-error-message">\n{before}{text}\n</p>\n'
    return said, " ".join(ids)


def _hint(named: str, hint: Params, classes: str) -> str:
    return f'<div id="{escape(named)}" class="govuk-hint{classes}">\n{escape(hint.get("text", ""))}\n</div>\n'


def _label(label: Params, named: str, classes: str) -> str:
    return f'<label class="govuk-label{classes}" for="{escape(named)}">\n{escape(label["text"])}\n</label>\n'


def _after(before: str, text: Any) -> str:
    return f"{before}{escape(text)}" if text else ""


def _after_quoted(name: str, text: str) -> str:
    return f' {name}="{escape(text)}"'


TWINS: dict[str, tuple[Callable[[Params], bool], Callable[[Params], str]]] = {
    "input": (_knows_input, _input),
    "checkboxes": (_knows_boxes, _boxes),
    "date-input": (_knows_date, _date),
}
