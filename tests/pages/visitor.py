"""Somebody with a browser, without the browser."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html import unescape
from typing import Any

import httpx

from tests.api.serving import Served

Fields = Mapping[str, str | list[str]] | Mapping[str, list[str]]


class Visitor:
    """Keeps the cookies, follows where it is sent, and fills in the token of forms."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def post(self, path: str, fields: Fields | None = None) -> httpx.Response:
        token = self.client.cookies.get("bedspace_csrf")
        if token is None:
            await self.get("/sign-in")
            token = self.client.cookies["bedspace_csrf"]
        return await self.client.post(path, data={"_csrf_token": token, **(fields or {})})

    async def sign_in(self, role: str, **fields: str) -> httpx.Response:
        return await self.post("/sign-in", {"role": role, **fields})


@asynccontextmanager
async def visiting(served: Served, role: str | None = None, **more: Any) -> AsyncIterator[Visitor]:
    headers = {"accept": "text/html"}
    async with served.client(headers=headers, follow_redirects=True, **more) as client:
        visitor = Visitor(client)
        if role:
            await visitor.sign_in(role)
        yield visitor


def text_of(answer: httpx.Response) -> str:
    """What is read, without its markup."""
    body = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def heading(answer: httpx.Response) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
    return " ".join(unescape(found[1]).split()) if found else ""


def hidden(answer: httpx.Response, form: str) -> dict[str, list[str]]:
    """The hidden fields of the first form that is sent to an address that begins so."""
    match = re.search(rf'<form method="post" action="{form}.*?</form>', answer.text, re.DOTALL)
    assert match, f"no form to {form}"
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', match[0])
    found: dict[str, list[str]] = {}
    for name, value in inputs:
        found.setdefault(name, []).append(unescape(value))
    return found
