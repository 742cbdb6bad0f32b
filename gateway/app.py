"""The web process: the API and the pages over one set of works."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any, cast

from litestar import Litestar, Request, Response, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.template import TemplateConfig
from litestar.types import ControllerRouterHandler

from gateway import given
from gateway.api import health, oauth
from gateway.api.documented import BEARER, openapi_config
from gateway.api.doors import doors as api_doors
from gateway.api.problems import answer_with_problem
from gateway.front import Front
from gateway.late import LateTemplates, make_late_things
from gateway.measures import Measures
from gateway.opening import Opening
from gateway.pages.doors import handlers as page_doors
from gateway.pages.errors import answer_with_page
from gateway.requests_log import RequestsLog
from gateway.sessions import Cookies, Gate, is_page
from gateway.settings import Settings, read_settings
from gateway.wiring import utc_now

MOST_BYTES = 1_000_000
"""Of a request, except a message to intake."""


def create_app(settings: Settings | None = None, *, now: Callable[[], datetime] = utc_now) -> Litestar:
    """The application. It answers at once, and `503` to all but its health until the database is there and migrated."""
    settings = settings or read_settings()
    https = settings.link_base.startswith("https:")
    cookies, measures, templates = Cookies(https=https), Measures(), LateTemplates()
    opening = Opening(
        settings,
        when_open=lambda works: cookies.key(works.secret),
        once_open=partial(make_late_things, templates),
        now=now,
    )
    app = _application(opening, cookies, templates, State({"opening": opening, "measures": measures}))
    log = RequestsLog(settings.log_level, lambda: opening.now())  # noqa: PLW0108  # tests give an opening another clock
    app.asgi_handler = Front(app.asgi_handler, measures, log, https=https)
    return app


def _application(opening: Opening, cookies: Cookies, templates: LateTemplates, state: State) -> Litestar:
    @asynccontextmanager
    async def open_while_serving(_app: Litestar) -> AsyncIterator[None]:
        async with opening.running():
            yield

    return Litestar(
        route_handlers=[_api(), *oauth.doors, *health.doors, _pages()],
        dependencies={
            "works": Provide(given.works, sync_to_thread=False),
            "actor": Provide(given.signed_in, sync_to_thread=False),
        },
        middleware=[cookies.middleware, Gate],
        csrf_config=cookies.csrf,
        exception_handlers={Exception: answer},
        lifespan=[open_while_serving],
        state=state,
        template_config=TemplateConfig(instance=templates),
        openapi_config=openapi_config(),
        request_max_body_size=MOST_BYTES,
        logging_config=None,
    )


def _api() -> Router:
    return Router(
        path="/api/v1",
        route_handlers=api_doors,
        before_request=given.require_bearer,
        dependencies={"actor": Provide(given.caller, sync_to_thread=False)},
        security=BEARER,
    )


def _pages() -> Router:
    handlers = cast("list[ControllerRouterHandler]", page_doors)
    return Router(path="/", route_handlers=handlers, include_in_schema=False)


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """What an error becomes: a page for whoever looks at pages, a problem for everything else."""
    if is_page(request.scope["path"]) and "text/html" in request.headers.get("accept", ""):
        return answer_with_page(request, error)
    return answer_with_problem(request, error)
