"""How the service is. No token is asked for, and nothing is said about anybody."""

from importlib.metadata import version
from typing import Any

from litestar import Response, get

from gateway.given import Ask, opening_of
from gateway.opening import schema_words
from gateway.store.database import transaction
from gateway.store.migrate import schema_state
from schemas.errors import Unavailable


@get("/health/liveness", summary="Whether the process lives", tags=["Service"])
async def liveness() -> dict[str, str]:
    return {"status": "UP"}


@get("/health/readiness", summary="Whether the service can be used", tags=["Service"])
async def readiness(request: Ask) -> Response[dict[str, Any]]:
    """200 when the database answers and has exactly this version's schema, else 503. Valkey is not needed."""
    return _answer(await _why_not(request))


@get("/health", summary="How the service is", tags=["Service"])
async def health(request: Ask) -> Response[dict[str, Any]]:
    why_not = await _why_not(request)
    component = {"status": "DOWN", "details": why_not} if why_not else {"status": "UP"}
    return _answer(why_not, components={"database": component})


@get("/info", summary="What runs here", tags=["Service"])
async def info(request: Ask) -> dict[str, Any]:
    demo = opening_of(request).local_sign_in
    return {"build": {"name": "bedspace", "version": version("bedspace")}, "demo": demo}


@get("/metrics", summary="Measurements for Prometheus", tags=["Service"], media_type="text/plain; version=0.0.4")
async def metrics(request: Ask) -> bytes:
    opening = opening_of(request)
    pool = opening.works.pool if opening.is_open else None
    measures = request.app.state["measures"]
    measures.house(
        is_open=opening.is_open,
        connections=pool.get_size() if pool else 0,
        idle=pool.get_idle_size() if pool else 0,
    )
    text: bytes = measures.text()
    return text


async def _why_not(request: Ask) -> str:
    """In words why the service cannot be used; empty when it can."""
    try:
        async with transaction(opening_of(request).works.pool, readonly=True) as tx:
            state = await schema_state(tx)
    except Unavailable as error:
        return str(error)
    return "" if state == "current" else schema_words(state)


def _answer(why_not: str, **more: Any) -> Response[dict[str, Any]]:
    said: dict[str, Any] = {"status": "DOWN" if why_not else "UP", **more}
    if why_not:
        said["why"] = why_not
    headers = {"retry-after": "1"} if why_not else {}
    return Response(said, status_code=503 if why_not else 200, headers=headers)


doors = [liveness, readiness, health, info, metrics]
