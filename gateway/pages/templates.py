"""The template engine: our templates are strict about what is missing, the macros of GOV.UK are not."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChainableUndefined,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig
from markupsafe import Markup

from gateway.pages import case_words, custody_words, locate_words, meeting_words, nsi_words, placement_words, words
from gateway.pages.quick_fields import quick

HERE = Path(__file__).parent
STATIC = HERE / "static"

COMPONENTS = (
    "back-link",
    "button",
    "checkboxes",
    "date-input",
    "details",
    "error-summary",
    "input",
    "inset-text",
    "notification-banner",
    "pagination",
    "panel",
    "phase-banner",
    "radios",
    "select",
    "service-navigation",
    "skip-link",
    "tag",
    "textarea",
    "warning-text",
)


@cache
def asset(name: str) -> str:
    """Where a static file is served, with a mark of its content so that it may be cached for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def _macro_name(component: str) -> str:
    return "govuk" + "".join(word.capitalize() for word in component.split("-"))


def _macros() -> dict[str, Any]:
    """The GOV.UK macros, made in an environment of their own: they rely on what is missing being empty."""
    environment = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return {
        _macro_name(component): quick(
            component,
            getattr(
                environment.get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module,
                _macro_name(component),
            ),
        )
        for component in COMPONENTS
    }


def _tag(kind: str, value: str) -> Markup:
    """A coloured tag for a status; the words alone carry the meaning."""
    tables: dict[str, dict[Any, tuple[str, str]]] = {
        "nsi": words.NSI_STATUSES,
        "clock": words.CLOCK_STATES,
        "inbox": words.INBOX_STATES,
        "rosh": words.ROSH,
        "placement": placement_words.STATES,
        "timeliness": placement_words.TIMELINESS,
        "outcome": placement_words.OUTCOMES,
        "check": meeting_words.OUTCOMES,
        "contact": case_words.OUTCOMES,
        "away": {code: (text, "yellow") for code, text in placement_words.AWAY.items()},
    }
    text, colour = tables[kind][value]
    markup = Markup('<strong class="govuk-tag govuk-tag--{}">{}</strong>')  # a constant; what is put in is escaped
    return markup.format(colour, words.translations().gettext(text))


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        words.translations().gettext, words.translations().ngettext, newstyle=True
    )
    made.filters |= {
        "date": words.written_date,
        "short_date": words.short_date,
        "time": words.written_time,
        "miles": words.written_miles,
        "in_order": words.in_order,
        "field": words.field_name,
        "who": words.who,
        "sureness": words.sureness,
    }
    made.globals |= {
        "asset": asset,
        "tag": _tag,
        "words": words,
        "case_words": case_words,
        "placement_words": placement_words,
        "locate_words": locate_words,
        "nsi_words": nsi_words,
        "custody_words": custody_words,
        **_macros(),
    }
    return made


def template_config() -> TemplateConfig[JinjaTemplateEngine]:
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment()))
