"""A whole Bedspace with a small register, and a real Chromium to look at it with."""

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.register import fill
from tests.browser.visit import Visit
from tests.journeys.running import Running, free_port, start, stop

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def house_running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    up = start(tmp_path_factory.mktemp("browser") / "data", free_port())
    asyncio.run(fill(up.facts()["database_url"], up.data))
    yield up
    stop(up)


@pytest.fixture(scope="module")
def chromium(house_running: Running) -> Iterator[Browser]:  # while it is open, no event loop of ours can run
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        why = "There is no Chromium on the PATH: `apt-get install chromium`."
        pytest.fail(why) if os.environ.get("CI") == "true" else pytest.skip(why)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, house_running: Running, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens a window, signed in as a role or as nobody, with scripts or without."""
    opened: list[Page] = []

    def open_one(role: str | None = None, *, scripts: bool = True) -> Visit:
        context = chromium.new_context(base_url=house_running.base, java_script_enabled=scripts)
        context.set_default_timeout(20_000)
        opened.append(context.new_page())
        visit = Visit(opened[-1], house_running, pictures())
        if role:
            visit.sign_in(role)
        return visit

    yield open_one
    for page in opened:
        page.context.close()


def pictures() -> Path:
    folder = Path("test-results/browser")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
