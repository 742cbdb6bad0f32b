"""Sessions of the pages: how one begins, what it is worth, and how it ends."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx
import pytest

from tests.api.serving import Served

HTML = {"Accept": "text/html"}


@pytest.fixture
async def browser(served: Served) -> AsyncIterator[httpx.AsyncClient]:
    async with served.client(headers=HTML) as client:
        yield client


def at(served: Served, time: datetime) -> None:
    """Let it be this time."""
    served.opening.now = lambda: time


async def token_of(browser: httpx.AsyncClient) -> str:
    """The token against forged forms, as the page has it."""
    found = re.search(r'name="_csrf_token"[^>]*value="([^"]+)"', (await browser.get("/sign-in")).text)
    assert found is not None
    return found[1]


async def sign_in(browser: httpx.AsyncClient, role: str = "practitioner") -> httpx.Response:
    return await browser.post("/sign-in", data={"role": role, "_csrf_token": await token_of(browser)})


async def signed_in(browser: httpx.AsyncClient) -> bool:
    answer = await browser.get("/find-a-bed")
    assert answer.status_code in {200, 303}
    return answer.status_code == 200


async def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/find-a-bed")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/find-a-bed"


async def test_signing_in_begins_a_session_in_a_cookie_that_no_script_reads(browser: httpx.AsyncClient) -> None:
    answer = await sign_in(browser)
    assert answer.status_code == 303
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("bedspace_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "practitioner" not in cookie
    assert await signed_in(browser)


async def test_signing_out_ends_it(browser: httpx.AsyncClient) -> None:
    await sign_in(browser)
    await browser.post("/sign-out", data={"_csrf_token": await token_of(browser)})
    assert not await signed_in(browser)


async def test_a_form_without_its_token_is_refused_and_says_what_to_do(browser: httpx.AsyncClient) -> None:
    for data in ({"role": "practitioner"}, {"role": "practitioner", "_csrf_token": "forged"}):
        answer = await browser.post("/sign-in", data=data)
        assert answer.status_code == 403
        assert answer.headers["content-type"].startswith("text/html")
        assert "eload" in answer.text
    assert not await signed_in(browser)


async def test_a_token_of_another_browser_is_refused(served: Served, browser: httpx.AsyncClient) -> None:
    async with served.client(headers=HTML) as other:
        theirs = await token_of(other)
    await token_of(browser)
    assert (await browser.post("/sign-in", data={"role": "spo", "_csrf_token": theirs})).status_code == 403


@pytest.mark.parametrize("role", ["area_system", "operator", "gateway", "king", ""])
async def test_a_system_or_nobody_cannot_sign_in_here(browser: httpx.AsyncClient, role: str) -> None:
    assert (await sign_in(browser, role)).status_code in {403, 422}
    assert not await signed_in(browser)


async def test_a_cookie_of_another_installation_or_a_changed_one_is_nobody(browser: httpx.AsyncClient) -> None:
    await sign_in(browser)
    cookie = browser.cookies["bedspace_session"]
    for forged in (cookie[:-8] + "AAAAAAAA", cookie[8:], "x", ""):
        browser.cookies.clear()
        browser.cookies.set("bedspace_session", forged)
        assert not await signed_in(browser)


async def test_a_session_ends_when_nobody_uses_it_and_lasts_while_somebody_does(
    served: Served, browser: httpx.AsyncClient, now: datetime
) -> None:
    await sign_in(browser)
    for minutes in (20, 40, 60):
        at(served, now + timedelta(minutes=minutes))
        assert await signed_in(browser)
    at(served, now + timedelta(minutes=91))
    assert not await signed_in(browser)


async def test_a_session_ends_after_twelve_hours_however_busy(
    served: Served, browser: httpx.AsyncClient, now: datetime
) -> None:
    await sign_in(browser)
    for minutes in range(0, 12 * 60, 20):
        at(served, now + timedelta(minutes=minutes))
        assert await signed_in(browser)
    at(served, now + timedelta(hours=12))
    assert not await signed_in(browser)


async def test_every_answer_forbids_what_a_page_does_not_need(served: Served, browser: httpx.AsyncClient) -> None:
    for path in ("/sign-in", "/nothing", "/health", "/schema", "/api/v1/premises"):
        headers = (await browser.get(path)).headers
        assert headers["content-security-policy"].startswith("default-src 'none'"), path
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"


async def test_each_page_has_a_nonce_of_its_own(browser: httpx.AsyncClient) -> None:
    policies = {(await browser.get("/sign-in")).headers["content-security-policy"] for _ in range(3)}
    assert len(policies) == 3


@pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml", "application/json", "*/*"])
async def test_a_page_that_is_not_there_is_a_page_for_browsers_and_a_problem_for_programs(
    served: Served, accept: str
) -> None:
    async with served.client(headers={"Accept": accept}) as client:
        answer = await client.get("/nothing")
    assert answer.status_code == 404
    wanted = "text/html" if "html" in accept else "application/problem+json"
    assert answer.headers["content-type"].startswith(wanted)
