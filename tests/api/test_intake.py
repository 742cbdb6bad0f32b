"""Messages in by API, and what became of them."""

import pytest

from gateway.access.actors import Actor
from gateway.store.database import Pool
from gateway.wiring import looks_like_email
from tests.api.problem import faults, problem
from tests.api.serving import Served

MAIL = b"From: Jo Example-York <jo@sender.invalid>\r\nTo: gateway@bedspace.invalid\r\nSubject: A move\r\n\r\nHello.\r\n"
PATH = "/api/v1/intake"
EMAIL = {"Content-Type": "message/rfc822"}


async def stored(pool: Pool) -> int:
    """How many messages there are, whoever sent them."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("select set_config('bedspace.nation', 'on', true)")
        return int(await connection.fetchval("select count(*) from inbox"))


async def test_a_message_is_202_once_it_is_stored_and_its_state_can_be_asked_for(served: Served, pool: Pool) -> None:
    async with served.caller() as caller:
        answer = await caller.post(PATH, content=MAIL, headers=EMAIL)
        assert answer.status_code == 202
        item = answer.json()
        assert item["state"] == "stored"
        assert set(item) >= {"inbox_id", "state", "nsi_ids", "missing", "reason"}
        assert await stored(pool) == 1
        assert (await caller.get(f"/api/v1/inbox/{item['inbox_id']}")).json() == item


@pytest.mark.parametrize("key", [None, "their-key-1"])
async def test_the_same_message_again_has_the_same_answer_and_is_stored_once(
    served: Served, pool: Pool, key: str | None
) -> None:
    headers = EMAIL | ({"X-Source-Key": key} if key else {})
    async with served.caller() as caller:
        first, second = [await caller.post(PATH, content=MAIL, headers=headers) for _ in range(2)]
    assert first.status_code == second.status_code == 202
    assert first.json()["inbox_id"] == second.json()["inbox_id"]
    assert await stored(pool) == 1


async def test_the_same_source_key_for_other_bytes_is_422(served: Served, pool: Pool) -> None:
    headers = EMAIL | {"X-Source-Key": "their-key-1"}
    async with served.caller() as caller:
        await caller.post(PATH, content=MAIL, headers=headers)
        said = problem(await caller.post(PATH, content=MAIL + b"more", headers=headers), 422)
    assert said["type"] == "urn:bedspace:problem:key-reused"
    assert await stored(pool) == 1


@pytest.mark.parametrize("kind", ["", "text/plain", "text/plain; charset=utf-8", "application/octet-stream"])
async def test_what_looks_like_an_email_is_taken_as_one_where_the_content_type_does_not_say(
    served: Served, pool: Pool, kind: str
) -> None:
    async with served.caller() as caller:
        answer = await caller.post(PATH, content=MAIL, headers={"Content-Type": kind} if kind else {})
    assert answer.status_code == 202


@pytest.mark.parametrize("body", [b"", b"\r\n \n"])
async def test_an_empty_body_is_400_and_nothing_is_stored(served: Served, pool: Pool, body: bytes) -> None:
    async with served.caller() as caller:
        said = problem(await caller.post(PATH, content=body, headers=EMAIL), 400)
    assert "empty" in said["detail"]
    assert await stored(pool) == 0


@pytest.mark.parametrize(
    "body", [b"\x00\x01\x02 canary", b"%PDF-1.7 canary", b"Hello, I am no e-mail. canary", b'{"from": "canary"}']
)
async def test_bytes_that_are_no_email_are_422_with_what_to_do_and_nothing_is_stored(
    served: Served, pool: Pool, body: bytes
) -> None:
    async with served.caller() as caller:
        said = problem(await caller.post(PATH, content=body, headers=EMAIL), 422)
    assert "Send the whole message" in said["detail"]
    assert "canary" not in str(said)
    assert await stored(pool) == 0


async def test_forty_megabytes_are_413_and_nothing_is_stored(served: Served, pool: Pool) -> None:
    async with served.caller() as caller:
        problem(await caller.post(PATH, content=MAIL + b"x" * 40_000_000, headers=EMAIL), 413)
    assert await stored(pool) == 0


async def test_a_content_type_that_nobody_reads_is_415_and_lists_those_that_are(served: Served, pool: Pool) -> None:
    async with served.caller() as caller:
        said = problem(await caller.post(PATH, content=MAIL, headers={"Content-Type": "application/zip"}), 415)
    assert "message/rfc822" in said["detail"]
    assert await stored(pool) == 0


async def test_a_source_key_that_is_too_long_is_named_as_the_header_is(served: Served) -> None:
    async with served.caller() as caller:
        answer = await caller.post(PATH, content=MAIL, headers=EMAIL | {"X-Source-Key": "k" * 201})
        assert faults(answer) == {"X-Source-Key": "must be 200 characters or fewer."}


async def test_a_message_of_somebody_else_is_not_there(served: Served) -> None:
    other = Actor(id="prison-2", name="Lee Invented", role="prison_staff")
    async with served.caller("prison_staff") as caller, served.caller(other) as elsewhere:
        item = (await caller.post(PATH, content=MAIL, headers=EMAIL)).json()
        problem(await elsewhere.get(f"/api/v1/inbox/{item['inbox_id']}"), 404)
        assert (await elsewhere.get("/api/v1/inbox")).json() == {"items": [], "next": None}


async def test_messages_are_listed_page_by_page(served: Served) -> None:
    async with served.caller() as caller:
        sent = [(await caller.post(PATH, content=MAIL + bytes([65 + n]), headers=EMAIL)).json() for n in range(5)]
        seen, cursor = list[str](), None
        for _ in range(3):
            page = (
                await caller.get("/api/v1/inbox", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))
            ).json()
            seen += [item["inbox_id"] for item in page["items"]]
            cursor = page["next"]
    assert cursor is None
    assert sorted(seen) == sorted(item["inbox_id"] for item in sent)


@pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "x"}, {"state": "lost"}, {"cursor": "no cursor"}])
async def test_a_list_that_cannot_be_is_422(served: Served, query: dict[str, str]) -> None:
    async with served.caller() as caller:
        assert set(faults(await caller.get("/api/v1/inbox", params=query))) == set(query)


@pytest.mark.parametrize("inbox", ["00000000-0000-4000-8000-000000000000", "not-an-id"])
async def test_a_message_that_is_not_there_is_404(served: Served, inbox: str) -> None:
    async with served.caller() as caller:
        problem(await caller.get(f"/api/v1/inbox/{inbox}"), 404)


@pytest.mark.parametrize(
    ("raw", "is_email"),
    [
        (MAIL, True),
        (MAIL.replace(b"\r\n", b"\n"), True),
        (b"\xef\xbb\xbf" + MAIL, True),
        (b"\r\n\r\n" + MAIL, True),
        (b"From jo Sun Nov 22 10:00:00 2026\n" + MAIL, True),
        (b"X-Long: " + b"x" * 60_000 + b"\r\n" + MAIL, True),
        (b"Subject : obsolete but allowed\r\n\r\n", True),
        (b"Hello\n\nFrom: in the body", False),
        (b"Fromage: none\n\n", False),
    ],
)
def test_an_email_is_known_by_its_header(raw: bytes, *, is_email: bool) -> None:
    assert looks_like_email(raw) is is_email
