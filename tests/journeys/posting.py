"""What a sender does: posts a message, waits for what becomes of it, reads the mail, follows the link."""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.journeys.running import Running
from tests.journeys.waiting import wait_for

MAIL = Path(__file__).with_name("release_in_five_weeks.eml").read_bytes()


def mail_of(serial: str) -> bytes:
    """The same mail about somebody else, so that each journey has its own person."""
    return MAIL.replace(b"Z990001", f"Z99{serial}".encode()).replace(
        b"release-in-five-weeks@", f"{uuid4().hex}@".encode()
    )


def post(client: httpx.Client, raw: bytes, key: str | None = None) -> httpx.Response:
    headers = {"Content-Type": "message/rfc822"} | ({"X-Source-Key": key} if key else {})
    return client.post("/api/v1/intake", content=raw, headers=headers)


def settled(client: httpx.Client, inbox_id: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        item = client.get(f"/api/v1/inbox/{inbox_id}").raise_for_status().json()
        return item if item["state"] not in {"stored", "reading"} else None

    return wait_for(look, seconds=10, why="the message is read")


def letters_about(running: Running, reference: str) -> list[str] | None:
    """Captured mail that names the reference, as the page shows it."""
    with httpx.Client(base_url=running.base, timeout=15) as browser:
        sign_in(browser, "connection_officer")
        page = browser.get("/mail").raise_for_status().text
        found = []
        for path in dict.fromkeys(re.findall(r'href="(/mail/[^"]+)"', page)):
            text = browser.get(path).text
            if reference in text:
                found.append(text)
    return found if len(found) >= 2 else None


def sign_in(browser: httpx.Client, role: str) -> None:
    page = browser.get("/sign-in").raise_for_status().text
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page)
    assert token is not None
    answer = browser.post("/sign-in", data={"role": role, "_csrf_token": token[1]})
    assert answer.status_code in {200, 302, 303}


def confirm_by_link(running: Running, link: str) -> httpx.Response:
    with httpx.Client(base_url=running.base, timeout=15) as browser:
        page = browser.get(link).raise_for_status().text
        token = re.search(r'name="_csrf_token" value="([^"]+)"', page)
        assert token is not None
        return browser.post(link, data={"_csrf_token": token[1]})
