"""Bytes and HTML of letters as plain words: no markup, no control signs, whatever encoding they claim."""

import re
from html.parser import HTMLParser

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANK = re.compile(r"\n[ \t]*(\n[ \t]*){2,}")
_LARGEST_HTML = 2_000_000
_SILENT = {"script", "style", "head", "title", "template", "noscript"}
_BLOCKS = {
    "p",
    "div",
    "br",
    "tr",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "table",
    "hr",
}


def decoded(content: bytes, charset: str) -> str:
    """Text in the encoding it claims, else UTF-8, else what Windows writes; what is no sign is replaced."""
    for name in (charset.strip().strip("\"'")[:40], "utf-8"):
        try:
            return content.decode(name or "utf-8")
        except (LookupError, ValueError):  # an unknown name, one with a zero in it, or other bytes
            continue
    return content.decode("cp1252", errors="replace")


def one_line(text: str, most: int) -> str:
    """A text for one line, without signs that steer."""
    return " ".join(_CONTROL.sub(" ", text).split())[:most].strip()


def tidy(text: str, most: int) -> str:
    """Some paragraphs: line ends alike, no signs that steer, no heaps of empty lines, not too long."""
    text = _CONTROL.sub("", text[: most * 4].replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    text = _BLANK.sub("\n\n", text).strip()
    return text if len(text) <= most else f"{text[: most - 2].rstrip()} …"


def text_of_html(html: str) -> str:
    """The words of HTML; where links lead stands behind them. Nothing in it is run, fetched or kept."""
    reader = _Words()
    reader.feed(html[:_LARGEST_HTML])
    reader.close()
    return re.sub(r"[ \t]+", " ", "".join(reader.words))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Blocks begin a line."""
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """And end one."""
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Words outside of what nobody reads."""
        if not self.silent:
            self.words.append(re.sub(r"\s+", " ", data))
