"""Every error as `application/problem+json` (RFC 9457), in the user's words and without a word of what was sent."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.typing import FieldDefinition
from msgspec import Struct, field

from bedspace.store import GONE
from gateway.access.tokens import HINT
from gateway.api.faults import Taken, faults_of
from schemas import errors
from schemas.errors import BedspaceError, Candidate, FieldFault

log = structlog.get_logger("bedspace.web")

MEDIA_TYPE = "application/problem+json"
URN = "urn:bedspace:problem:"
RETRY_AFTER = "2"
"""Seconds: a restarting database is back in about as much."""


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was wrong, and what to do."""

    type: str
    """Names the kind of problem for a program: `urn:bedspace:problem:nights-claimed`."""
    title: str
    status: int
    detail: str
    faults: list[FieldFault] = field(default_factory=list)
    """One line a field, where single fields are wrong."""
    nights: list[date] = field(default_factory=list)
    """The nights already claimed, where a bed is."""
    candidates: list[Candidate] = field(default_factory=list)
    """Names that may be meant, where one is not known: asked for as `near`, each is answered."""


STATUS: dict[type[BedspaceError], int] = {
    errors.Invalid: 422,
    errors.Malformed: 400,
    errors.NotTaken: 415,
    errors.NotThere: 404,
    errors.NotAllowed: 403,
    errors.NotSignedIn: 401,
    errors.NightsClaimed: 409,
    errors.Conflict: 409,
    errors.Outdated: 410,
    errors.KeyReused: 422,
    errors.TooLarge: 413,
    errors.Ambiguous: 409,
    errors.Unavailable: 503,
    errors.Refused: 422,
    errors.Unreadable: 422,
}

SAID: dict[int, tuple[str, str]] = {
    400: ("Cannot be read", "The request cannot be read as what it claims to be. Send well-formed JSON in UTF-8."),
    403: ("You cannot do this", "The page was open for too long, or the form is not ours. Reload it and try again."),
    404: ("Not found", "There is nothing at this address. The addresses there are: /schema."),
    405: ("Not possible here", "This address does not take this method. The header Allow lists those it takes."),
    413: ("Too large", "This is more than is taken: 25 MB for a message to /api/v1/intake, 1 MB anywhere else."),
    500: ("Our mistake", "Something went wrong on our side and nothing was changed. It is logged. Try again later."),
}
"""Title and detail where the web framework, not one of our errors, says no."""

UNSTORABLE = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError, UnicodeError)


def problem_of(error: BaseException, takes: Mapping[str, Taken] = MappingProxyType({})) -> tuple[int, dict[str, Any]]:
    """The status and the problem of an error. `takes` are the handler's parameters, where it is about those."""
    status, problem = _described(_in_our_words(error, takes))
    return status, msgspec.to_builtins(problem)


def _described(error: BaseException) -> tuple[int, Problem]:
    if isinstance(error, BedspaceError):
        return _ours(error)
    status = error.status_code if isinstance(error, HTTPException) else 500
    phrase = HTTPStatus(status).phrase
    title, detail = SAID.get(status) or (phrase, HTTPStatus(status).description or "Not possible.")
    return status, Problem(type=f"{URN}{phrase.lower().replace(' ', '-')}", title=title, status=status, detail=detail)


def _in_our_words(error: BaseException, takes: Mapping[str, Taken]) -> BaseException:
    """An error of the driver or the decoder that a user can put right, or wait out, as one of ours."""
    if isinstance(error, ValidationException):
        faults = faults_of(error, takes)
        return errors.Invalid(*faults) if faults else error
    if isinstance(error, UNSTORABLE):
        return errors.Invalid.because("request", "has a character that is not text. Take it out and send it again.")
    if isinstance(error, (*GONE, TimeoutError)) and not isinstance(error, LookupError):
        return errors.Unavailable("The database does not answer just now. Try again in a few seconds.")
    return error


def _ours(error: BedspaceError) -> tuple[int, Problem]:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return status, Problem(
        type=f"{URN}{_dashed(type(error).__name__)}",
        title=error.title,
        status=status,
        detail=str(error),
        faults=list(error.faults) if isinstance(error, errors.Invalid) else [],
        nights=error.nights if isinstance(error, errors.NightsClaimed) else [],
        candidates=error.candidates if isinstance(error, errors.UnknownPlace) else [],
    )


def _dashed(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")


def headers_of(error: BaseException, status: int) -> dict[str, str]:
    """The headers that go with a problem, such as when to try again."""
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if status == 503:
        headers["retry-after"] = RETRY_AFTER
    if status == 401:
        headers["www-authenticate"] = f'Bearer realm="bedspace", error_description="{HINT.replace("`", "")}"'
    return headers


def answer_with_problem(request: Request[Any, Any, Any], error: Exception) -> Response[dict[str, Any]]:
    """What every error of the API becomes."""
    status, problem = problem_of(error, _parameters(request))
    if status == 500:
        log.error("failed", exc_info=error)
    return Response(problem, status_code=status, media_type=MEDIA_TYPE, headers=headers_of(error, status))


def _parameters(request: Request[Any, Any, Any]) -> dict[str, Taken]:
    """What the handler takes, by the names it knows it by."""
    handler = request.scope.get("route_handler")
    if handler is None:
        return {}
    return {name: _taken(name, one) for name, one in handler.parsed_fn_signature.parameters.items()}


def _taken(name: str, parameter: FieldDefinition) -> Taken:
    outside = getattr(parameter.kwarg_definition, "name", None)
    return Taken("body" if name == "data" else outside or name, parameter.annotation)
