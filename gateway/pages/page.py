"""One page: its frame, its navigation and its policy."""

import secrets
from typing import Any

from litestar import Request
from litestar.response import Redirect, Template

from gateway.access.actors import Actor
from gateway.access.permissions import table
from gateway.access.sign_in import actor_of_session
from gateway.pages.words import N_, _
from schemas.errors import FieldFault

Ask = Request[Any, Any, Any]
HtmlPage = Template | Redirect

NAVIGATION = (
    ("/find-a-bed", N_("Find a bed"), "bedspace.search"),
    ("/premises", N_("Premises"), "bedspace.search"),
    ("/occupancy", N_("Occupancy"), "occupancy.read"),
    ("/waiting", N_("Waiting list"), "waiting.list"),
    ("/today", N_("Arrivals and departures"), "placement.arrive"),
    ("/referrals", N_("Referrals to decide"), "placement.accept"),
    ("/placements", N_("Placements"), "placement.list"),
    ("/releases", N_("Releases"), "release.list"),
    ("/nsis", N_("NSIs"), "nsi.list"),
    ("/national", N_("Queue of the nation"), "national.lead"),
    ("/locate", N_("Who receives"), "locate"),
    ("/briefing", N_("Briefing"), "briefing.read"),
    ("/inbox", N_("Inbox"), "inbox.read"),
    ("/mail", N_("Captured mail"), "mail.captured"),
)


def may(actor: Actor | None, action: str) -> bool:
    """Whether to show the way to something. `act` decides."""
    return actor is not None and actor.role in table()[action]


def is_demo(request: Ask) -> bool:
    return bool(request.app.state["opening"].local_sign_in)


def policy(nonce: str) -> str:
    """Nothing from elsewhere; scripts only with this page's nonce; no styles but our files."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def navigation(actor: Actor | None, path: str, *, demo: bool) -> list[dict[str, Any]]:
    return [
        {"href": href, "text": _(text), "active": path == href or path.startswith(f"{href}/")}
        for href, text, action in NAVIGATION
        if may(actor, action) and (demo or href != "/mail")
    ]


def links(faults: tuple[FieldFault, ...], places: dict[str, str] | None = None) -> list[dict[str, str]]:
    """Faults for the summary at the top of a form. `places` says which element a field is, if not of its own name."""
    return [
        {"text": fault.why, "href": f"#{(places or {}).get(fault.field, fault.field)}", "field": fault.field}
        for fault in faults
    ]


def page(request: Ask, name: str, *, status: int = 200, **context: Any) -> Template:
    """A page of `templates/NAME`. `faults` in the context, if any, are shown at the top and in the title."""
    nonce = secrets.token_urlsafe(16)
    actor = actor_of_session(request)
    demo = is_demo(request)
    frame = {
        "actor": actor,
        "demo": demo,
        "nav": navigation(actor, request.url.path, demo=demo),
        "nonce": nonce,
        "faults": [],
        "may": lambda action: may(actor, action),
    }
    return Template(
        name,
        context={**frame, **context},
        headers={"content-security-policy": policy(nonce)},
        status_code=status,
        media_type="text/html",
    )


def see(path: str) -> Redirect:
    """Go and look there, with a GET."""
    return Redirect(path, status_code=303)
