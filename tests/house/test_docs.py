"""The documentation says what is so: its links lead somewhere, what it tells people to type exists."""

import re
from pathlib import Path

import pytest

from leadline.config.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
COMMAND = re.compile(r"(?:\.venv/bin/|`)leadline ([a-z]+)\b|^leadline ([a-z]+)\b", re.M)
TARGET = re.compile(r"(?:^|`|\s)make ([a-z][a-z-]*)(?=`|\s|$)", re.M)
VARIABLE = re.compile(r"\b(?:LEADLINE_[A-Z_]+|DATABASE_URL)\b")
# Told of as not there yet.
TO_COME: set[str] = set()


def named(page: Path) -> str:
    """How a page is called in the report of the tests."""
    return str(page.relative_to(ROOT))


def typed(page: Path) -> str:
    """What a page shows as code."""
    return "\n".join(part.strip("`") if "\n" in part else part for part in CODE.findall(page.read_text()))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page):
    text = CODE.sub("", page.read_text())
    links = [first or second for first, second in LINK.findall(text)]
    broken = [link for link in links if "://" not in link and not _leads(page, link)]

    assert not broken


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_exists(page):
    commands = {first or second for first, second in COMMAND.findall(typed(page))}

    assert commands - TO_COME <= set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_target_of_make_exists(page):
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.M))

    assert set(TARGET.findall(typed(page))) <= targets


def test_every_variable_of_the_environment_is_read():
    """One that is kept for later is named in the settings' own words."""
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    known = {name for source in sources if source != Path(__file__) for name in _variables(source)}
    told = {name for page in PAGES for name in _variables(page)}

    assert told <= known


def test_what_is_still_to_come_is_not_there():
    assert not TO_COME & set(COMMANDS)


@pytest.mark.parametrize("page", [page for page in PAGES if page.parent.name != "docs"], ids=named)
def test_every_page_is_found_from_the_index(page):
    """A page nobody links to is a page nobody reads."""
    linked = {
        (other.parent / link.partition("#")[0]).resolve()
        for other in PAGES
        for link, _attribute in LINK.findall(other.read_text())
        if "://" not in link
    }

    assert page.resolve() in linked or page == ROOT / "README.md"


def _leads(page: Path, link: str) -> bool:
    path, _sign, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists() or ROOT not in target.parents:
        return False
    return not anchor or anchor in _anchors(target)


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def _variables(file: Path) -> set[str]:
    return set(VARIABLE.findall(file.read_text()))
