"""How long the server takes over the pages that people wait for, asked one at a time by somebody signed in."""

import http.client
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlencode

from msgspec import Struct

from schemas.search import Need
from tests.bench.over_http import served
from tests.bench.table import number

FEWEST = 5
"""Even of what takes long."""


class Wait(Struct, frozen=True):
    what: str
    count: int
    p50_ms: float
    p95_ms: float
    limit_ms: float
    """What P-3 allows at scale 1."""


def pages(
    url: str, data: Path, needs: Sequence[Need], premises: Sequence[str], token: str, seconds: float
) -> list[Wait]:
    bearer = {"Authorization": f"Bearer {token}"}
    results = cycle([f"/find-a-bed?{urlencode(_query(need), doseq=True)}" for need in needs])
    calendars = cycle([f"/premises/{code}/calendar?nights=84" for code in premises])
    with served("ours", url, data) as port, _browser(port) as (get, cookie):

        def timed(what: str, paths: Iterator[str], headers: dict[str, str], limit: float) -> Wait | None:
            if get(next(paths), headers) == 404:  # not built
                return None
            took: list[float] = []
            until = perf_counter() + seconds
            while perf_counter() < until or len(took) < FEWEST:
                began = perf_counter()
                status = get(next(paths), headers)
                took.append(1000 * (perf_counter() - began))
                if status != 200:
                    raise AssertionError(f"{what} answered {status}")
            return Wait(what, len(took), quantiles(took, n=2)[0], quantiles(took, n=20)[-1], limit)

        found = [
            timed("the page of results, with its map", results, cookie, 25),
            timed("the page of a calendar, 84 nights", calendars, cookie, 10),
            timed(
                "a calendar over the API, 84 nights", cycle([f"/api/v1{path}" for path in _paths(premises)]), bearer, 10
            ),
            timed("the national grid over the API, 84 nights", cycle(["/api/v1/occupancy?nights=84"]), bearer, 50),
        ]
    return [one for one in found if one is not None]


def _paths(premises: Sequence[str]) -> list[str]:
    return [f"/premises/{code}/calendar?nights=84" for code in premises]


def _query(need: Need) -> dict[str, object]:
    """The address of a search, as the page writes it."""
    return {
        "near": need.near,
        "from": need.from_.isoformat(),
        "nights": need.nights,
        "gender": need.gender,
        "needs": need.needs,
    }


@contextmanager
def _browser(port: int) -> Iterator[tuple[Callable[[str, dict[str, str]], int], dict[str, str]]]:
    """One kept connection, and the cookie of somebody who has signed in."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(path: str, headers: dict[str, str]) -> int:
        connection.request("GET", path, headers={"Accept": "text/html", **headers})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    try:
        yield get, {"Cookie": _sign_in(connection)}
    finally:
        connection.close()


def _sign_in(connection: http.client.HTTPConnection) -> str:
    connection.request("GET", "/sign-in")
    answer = connection.getresponse()
    answer.read()
    csrf = (answer.getheader("Set-Cookie") or "").split(";")[0]
    body = urlencode({"role": "national_lead", "next": "/", "_csrf_token": csrf.partition("=")[2]})
    connection.request("POST", "/sign-in", body, {"Cookie": csrf, "Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    answer.read()
    cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    if answer.status not in (302, 303) or not cookies:
        raise AssertionError(f"Signing in answered {answer.status}")
    return "; ".join([csrf, *cookies])


def table_of_waits(found: Sequence[Wait]) -> str:
    wide = max(len(one.what) for one in found)
    rows = [
        f"| {one.what:{wide}} | {one.count:>6} | {number(one.p50_ms):>7} | {number(one.p95_ms):>7} |" for one in found
    ]
    head = f"| {'':{wide}} | asked | p50, ms | p95, ms |"
    rule = f"|{'-' * (wide + 2)}|------:|--------:|--------:|"
    return "\n".join(["### Pages, one at a time", "", head, rule, *rows, ""])
