"""A dashboard as it stands open in a browser: it asks where it was told, and tells what it shows."""

import html
import re
from urllib.parse import urlencode

_FOLLOW = re.compile(r'id="follow" hidden hx-get="([^"]+)"')
_TILE = re.compile(r'<div hx-get="([^"]+/tile/(\d+)[^"]*)" hx-trigger="load"')
_MARK = re.compile(r'name="(mark-\d+)" value="([^"]+)"')


class OpenDashboard:
    """A page of somebody's browser; `drawn` is what its last look drew anew."""

    def __init__(self, browser, address: str):
        self.browser = browser
        self.marks: dict[str, str] = {}
        self.drawn = ""
        self._takes(browser.get(address).content.decode())

    def look(self) -> int:
        """What it asks every two seconds, and what it then asks for by itself; the status of the first."""
        answer = self.browser.get(f"{self.follow}&{urlencode(self.marks)}")
        self.drawn = ""
        if answer.status_code == 200:
            text = answer.content.decode()
            self._takes(text)
            self.drawn = "".join(re.findall(r"<section .*?</section>", text, re.DOTALL))
            for address, place in _TILE.findall(text):
                self.drawn += self._tile(html.unescape(address), place)
        return answer.status_code

    def _tile(self, address: str, place: str) -> str:
        mark = urlencode({name: mark for name, mark in self.marks.items() if name == f"mark-{place}"})
        answer = self.browser.get(f"{address}{'&' if '?' in address else '?'}{mark}")
        assert answer.status_code in (200, 204)
        text = answer.content.decode()
        self.marks |= dict(_MARK.findall(text))
        return text

    def _takes(self, text: str) -> None:
        self.follow = html.unescape(_FOLLOW.search(text)[1])
        self.marks |= dict(_MARK.findall(text))
