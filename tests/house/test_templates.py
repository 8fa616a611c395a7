"""No text for people stands in a template without gettext (ALL-9)."""

import re
from html.parser import HTMLParser

import pytest

from tests.house.sources import templates

SPOKEN = ("placeholder", "aria-label", "title", "alt", "label", "data-confirm", "aria-description")
NAMES = re.compile(
    r"\b(Leadline|CSV|XLSX|XLS|JSON|API|SQL|HTML|Markdown|UTC|Ctrl|Shift|Alt|Esc|Enter|MB|KB|[A-Z])\b"
)
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
# The style guide shows parts with words that mean nothing; it is there for developers alone.
NOT_FOR_PEOPLE = ("styleguide", "gallery")


class Words(HTMLParser):
    """Collects what a reader or listener would meet."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attributes) -> None:
        self.silent += tag in ("script", "style", "code", "kbd")
        self.found += [value or "" for name, value in attributes if name in SPOKEN]

    def handle_endtag(self, tag) -> None:
        self.silent -= tag in ("script", "style", "code", "kbd")

    def handle_data(self, data) -> None:
        if not self.silent:
            self.found.append(data)


def untranslated(source: str) -> list[str]:
    """The words of a template that are no call of gettext."""
    source = re.sub(r"\{% trans.*?endtrans.*?%\}", "", source, flags=re.S)
    source = re.sub(r"\{% block width %\}\w+\{% endblock %\}", "", source)  # a class, not a word
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.S)
    source = re.sub(r"(</?)\{\{.*?\}\}", r"\1tag", source)
    reader = Words()
    reader.feed(JINJA.sub(" ", source))
    attributes = re.compile(r'[\w:-]+="[^"]*"')  # of a macro that gives the inside of a tag
    words = (NAMES.sub("", re.sub(r"&\w+;", " ", attributes.sub("", text))).strip() for text in reader.found)
    return [text for text in words if re.search(r"[^\W\d_]{2,}", text)]


@pytest.mark.parametrize(
    "name", [name for name in templates() if not any(word in name for word in NOT_FOR_PEOPLE)]
)
def test_no_text_is_untranslated(name):
    """English stands inside of _(…), so that every language can replace it."""
    assert untranslated(templates()[name]) == []


def test_the_scan_bites():
    """It finds text, attributes, and words beside variables."""
    assert untranslated("<p>Hello {{ name }}</p>") == ["Hello"]
    assert untranslated('<input placeholder="Find it">') == ["Find it"]
    assert untranslated('<a title="{{ _(\'Open\') }}">{{ _("Open") }} → CSV</a>') == []
