"""What a journey never lets pass: errors in the console, refused scripts, faults of the server, barriers."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, Response

ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# A page is made of the same in both schemes; only these rules look at its colours.
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# The browser writes every answer of 400 and above to the console; refusals are part of the stories.
_REFUSAL = re.compile(r"the server responded with a status of 4\d\d")
_NO_CONNECTION = "net::ERR_"
# Axe tries styles of its own, which our policy refuses as it should.
_examined: set[Page] = set()


class Watch:
    """Listens to every page of a test and keeps what went wrong."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.connection_is_lost = False

    def over(self, page: Page) -> Page:
        """Listen to this page from now on."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        page.on("response", self._answered)
        page.on("dialog", self._asked)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        text = message.text
        if message.type != "error" or _REFUSAL.search(text) or message.page in _examined:
            return
        if self.connection_is_lost and (_NO_CONNECTION in text or "Failed to fetch" in text):
            return
        self.faults.append(f"console: {text} ({message.location.get('url', '')})")

    def _answered(self, response: Response) -> None:
        lost = response.status == 404 and "/static/" in response.url
        if response.status >= 500 or lost:
            self.faults.append(f"{response.status} from {response.request.method} {response.url}")

    def _asked(self, dialog: Dialog) -> None:
        # Our own questions are <dialog>s; the browser asks only when a page with unsaved typing is left.
        self.faults.append(f"the browser asked ({dialog.type}): {dialog.message}")
        dialog.accept()


def calm(page: Page) -> None:
    """No barrier on this page as it stands, in light and in dark (WCAG 2.2 AA)."""
    for scheme, rules in (("dark", OF_COLOURS), ("light", ALL_RULES)):
        page.emulate_media(color_scheme=scheme)
        barriers = _barriers(page, rules)
        assert not barriers, f"{page.url} in {scheme}:\n" + "\n".join(barriers)


def _barriers(page: Page, rules: dict[str, Any]) -> list[str]:
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    _examined.add(page)
    try:
        if not page.evaluate("'axe' in window"):
            page.evaluate(Axe().axe_script)
        found = page.evaluate("options => axe.run(options)", options)
    finally:
        _examined.remove(page)
    return [
        f"{barrier['id']} ({barrier['help']}): {node['target']} {node.get('failureSummary', '')}"
        for barrier in found["violations"]
        for node in barrier["nodes"][:5]
    ]


def drag_onto(card: Locator, goal: Locator) -> None:
    """By hand: Sortable starts when the pointer moves. The browser tells once a frame what lies beneath."""
    page = card.page
    card.locator(".foot").hover(position={"x": 4, "y": 8})
    page.mouse.down()
    place = goal.bounding_box()
    assert place is not None
    for step in (20, 22, 24):
        page.mouse.move(place["x"] + step, place["y"] + step + 5, steps=8)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    page.mouse.up()


def press(page: Page, key: str) -> None:
    """A key that the page's own scripts hear; pressed before they run it goes nowhere."""
    page.wait_for_load_state()
    page.keyboard.press(key)
