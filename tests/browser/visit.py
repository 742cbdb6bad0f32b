"""What a person does at a page, and what is checked at each."""

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.running import Running

expect.set_options(timeout=15_000)

AXE = Axe()
LOOK = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"
WIDE, NARROW = 1280, 320
"""Of a desk, and of a telephone (or of a desk at 400 %)."""


class Visit:
    """One window. Notes everything that a page asks for elsewhere, or complains of."""

    def __init__(self, page: Page, running: Running, pictures: Path) -> None:
        self.page = page
        self.running = running
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self._pictures = pictures
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console", lambda said: self.complaints.append(said.text) if "Failed to load" not in said.text else None
        )
        page.on("request", lambda asked: self._note(asked.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.running.base, "data:", "blob:")):
            self.foreign.append(url)

    def go(self, path: str) -> None:
        self.page.goto(path)

    def sign_in(self, role: str) -> None:
        self.go("/sign-in")
        self.page.locator(f"input[name=role][value={role}]").check()
        self.page.get_by_role("button", name="Sign in").click()

    def ask_for_a_bed(self, **typed: str) -> None:
        """The form, filled in as for a man who needs a step-free room with an own bathroom."""
        self.go("/find-a-bed")
        fields = {"near": "LS1 4AP", "from-day": "11", "from-month": "1", "from-year": "2027", "nights": "84"} | typed
        for name, text in fields.items():
            self.page.locator(f"#{name}").fill(text)
        self.page.get_by_label("Men", exact=True).check()
        for need in ("step_free", "en_suite"):
            self.page.locator(f"input[name=needs][value={need}]").check()
        self.page.locator(".bs-search > button").click()

    def check(self, name: str, *, widths: tuple[int, ...] = (WIDE, NARROW)) -> None:
        """At each width: no violation, nothing wider than the window; and nothing from elsewhere.

        A picture is taken of what fails, and of everything with `PICTURES=1`: to take one costs as much as to look.
        """
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 800})
            wrong = self._wrong_at(width)
            if wrong or os.environ.get("PICTURES"):
                self.page.screenshot(path=self._pictures / f"{name}-{width}.png", full_page=True)
            assert wrong == [], f"{name} at {width}: {wrong}"
        assert self.complaints == []
        assert self.foreign == []

    def _wrong_at(self, width: int) -> list[tuple[str, list[Any]]]:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.axe_script)
        violations: list[dict[str, Any]] = self.page.evaluate(LOOK)
        found = [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations]
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        return found if wide <= width else [("scrolls sideways", [wide]), *found]
