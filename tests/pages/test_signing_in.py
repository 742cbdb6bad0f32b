"""Who may come in, where that leads, and what a forged form meets."""

from tests.api.serving import Served
from tests.pages.visitor import heading, text_of, visiting


async def test_who_is_not_signed_in_signs_in_first_and_comes_back(served: Served) -> None:
    async with visiting(served) as visitor:
        asked = await visitor.get("/nsis?overdue=1")
        assert asked.url.path == "/sign-in"
        assert asked.url.params["next"] == "/nsis?overdue=1"
        back = await visitor.sign_in("spoc", next="/nsis?overdue=1")
        assert back.url.raw_path == b"/nsis?overdue=1"
        assert "Sam Example-Contact" in back.text


async def test_signing_out_ends_the_session(served: Served) -> None:
    async with visiting(served, "spoc") as visitor:
        assert (await visitor.post("/sign-out")).url.path == "/sign-in"
        assert (await visitor.get("/nsis")).url.path == "/sign-in"


async def test_nobody_is_signed_in_without_choosing_who(served: Served) -> None:
    async with visiting(served) as visitor:
        for role in ("", "gateway", "operator", "area_system", "sender_link", "nobody"):
            answer = await visitor.sign_in(role)
            assert answer.status_code in {403, 422}
            assert (await visitor.get("/nsis")).url.path == "/sign-in"


async def test_a_form_without_the_token_does_nothing_and_says_what_to_do(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        for path in ("/find-a-bed", "/holds", "/sign-out", "/confirm/x"):
            answer = await visitor.client.post(path, data={"near": "LS1"})
            assert answer.status_code == 403
            assert "Reload it and try again" in text_of(answer)


async def test_what_is_not_there_is_a_page_with_a_way_on(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        for path in ("/nowhere", "/nsis/0b5e0000-0000-4000-8000-000000000001", "/mail/999999", "/confirm/forged"):
            answer = await visitor.get(path)
            assert answer.status_code == 404, path
            assert answer.headers["content-type"].startswith("text/html")
            assert 'href="/"' in answer.text
        assert heading(await visitor.get("/nowhere")) == "Page not found"


async def test_a_page_has_a_strict_policy_and_a_nonce_of_its_own(served: Served) -> None:
    async with visiting(served) as visitor:
        one, other = await visitor.get("/sign-in"), await visitor.get("/sign-in")
        policies = {answer.headers["content-security-policy"] for answer in (one, other)}
        assert len(policies) == 2
        for policy in policies:
            assert policy.startswith("default-src 'none'; script-src 'nonce-")
            assert "unsafe" not in policy
        assert one.headers["cache-control"] == "no-store"


async def test_files_may_be_kept_for_good(served: Served) -> None:
    async with visiting(served) as visitor:
        page = await visitor.get("/sign-in")
        address = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
        assert "immutable" in (await visitor.get(address)).headers["cache-control"]
        assert (await visitor.get("/static/../templates.py")).status_code == 404
