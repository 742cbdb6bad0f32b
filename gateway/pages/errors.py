"""Every error as a page that says what to do, without a word of what was sent."""

from urllib.parse import quote

import structlog
from litestar.response import Redirect, Response

from gateway.api.problems import headers_of, problem_of
from gateway.pages.page import Ask, page
from gateway.pages.words import N_, _
from schemas.errors import NotSignedIn

log = structlog.get_logger("bedspace.web")

SAID: dict[int, tuple[str, str]] = {
    400: (N_("This cannot be read"), N_("The form came in a shape that cannot be read. Go back, and send it again.")),
    404: (N_("Page not found"), N_("Check the address. If you followed a link, it may be out of date.")),
    405: (N_("Not possible here"), N_("This page cannot be used in that way. Start again from the home page.")),
    413: (N_("Too large"), N_("This is more than is taken here.")),
    500: (
        N_("Sorry, there is a problem with the service"),
        N_("Nothing was changed. Try again in a few minutes; if it goes on, telephone your administrator."),
    ),
    503: (
        N_("The service is not available just now"),
        N_("The database does not answer. Nothing was changed. Try again in a few seconds."),
    ),
}
"""Title and advice where a page says it in other words than the API."""


def answer_with_page(request: Ask, error: Exception) -> Response[bytes]:
    """What every error becomes for a person. Who is not signed in is asked to, and comes back."""
    if isinstance(error, NotSignedIn):
        return _sign_in_first(request)
    status, problem = problem_of(error)
    if status == 500:
        log.error("failed", exc_info=error)
    title, detail = _worded(status, problem["title"], problem["detail"], ours=hasattr(error, "title"))
    response = page(request, "problem.html", status=status, title=title, detail=[detail], ways=_ways(request))
    response.headers.update(headers_of(error, status))
    return response


def _worded(status: int, title: str, detail: str, *, ours: bool) -> tuple[str, str]:
    """Our own errors say themselves what to do; those of the framework and the machine are put in words here."""
    if status in SAID and not (ours and status not in {500, 503}):
        return _(SAID[status][0]), _(SAID[status][1])
    return _(title), detail


def _ways(request: Ask) -> list[dict[str, str]]:
    if request.method == "GET" and request.url.path == "/":
        return []
    return [{"href": "/", "text": _("Go to the home page")}]


def _sign_in_first(request: Ask) -> Redirect:
    """Only a page is come back to: what was being sent is not sent again by itself."""
    wanted = request.url.path if request.method == "GET" else "/"
    if request.method == "GET" and request.url.query:
        wanted = f"{wanted}?{request.url.query}"
    return Redirect(f"/sign-in?next={quote(wanted)}", status_code=303)
