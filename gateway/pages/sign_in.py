"""Signing in, as the demo has it: one invented person a role."""

from typing import Any

from litestar import get, post

from gateway.access.accounts import SYSTEM_ROLES, accounts, demo_actor
from gateway.access.sign_in import require_demo_on_loopback, sign_in, sign_out
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.words import ROLES, _
from schemas.errors import FieldFault, Invalid


def safe_next(path: str) -> str:
    """A path of this service, or the home page: never an address elsewhere."""
    here = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if here else "/"


def _choices() -> list[dict[str, Any]]:
    return [
        {"value": actor.role, "text": _(ROLES[actor.role]), "hint": {"text": actor.name}}
        for actor in accounts().values()
        if actor.role not in SYSTEM_ROLES
    ]


def _form(request: Ask, wanted: str, *faults: FieldFault) -> HtmlPage:
    status = 422 if faults else 200
    return page(
        request, "sign_in.html", status=status, choices=_choices(), next=safe_next(wanted), faults=links(faults)
    )


@get("/sign-in")
async def ask_who(request: Ask) -> HtmlPage:
    require_demo_on_loopback(request)
    return _form(request, request.query_params.get("next", "/"))


@post("/sign-in")
async def begin(request: Ask) -> HtmlPage:
    form = await request.form()
    wanted = str(form.get("next", "/"))
    try:
        account = demo_actor(str(form.get("role", "")))
    except Invalid:
        return _form(request, wanted, FieldFault("role", _("Select who to be")))
    sign_in(request, account.id)
    return see(safe_next(wanted))


@post("/sign-out")
async def end(request: Ask) -> HtmlPage:
    sign_out(request)
    return see("/sign-in")
