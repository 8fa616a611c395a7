"""Renew the vendored front-end files from the npm registry, as `vendor.json` states them.

Usage: python scripts/vendor_frontend.py [--check]

`npm pack` fetches each package by name and version; only the files we serve are kept, beside
their licences. With --check nothing is fetched: the kept files must match the recorded hashes.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "src/leadline/core/static/leadline"
LIST = STATIC / "vendor" / "vendor.json"

# The icons of the sprite: our name → the outline icon in @tabler/icons.
ICONS = {
    name: name
    for name in """
    activity address-book adjustments-horizontal alert-circle alert-triangle archive arrow-back-up
    arrow-down arrow-left arrow-right arrow-up arrows-join at ban bell bolt briefcase building building-store
    calendar chart-bar check layout-grid checkbox chevron-down chevron-left chevron-right chevron-up
    circle-check circle-x clock columns-3 copy credit-card database-import device-desktop device-tv dots
    dots-vertical download edit external-link eye file file-spreadsheet filter flag folder
    grip-vertical heart-rate-monitor help-circle history home id inbox info-circle key keyboard
    language layout-dashboard layout-kanban link list lock lock-open logout mail map-pin menu-2
    message message-circle moon note notes paperclip phone phone-incoming phone-outgoing pin
    pin-filled pinned-off plug plus refresh search selector send settings share shield-check star
    sun tag tags target trash trending-up upload user user-check user-circle user-plus users
    users-group webhook player-pause player-play wifi-off world x
    """.split()  # noqa: SIM905
}


def main() -> int:
    """Fetch and cut, or only check; 1 when a kept file is not what the list says."""
    stated = json.loads(LIST.read_text())
    if "--check" in sys.argv:
        return check(stated)
    for package in stated["packages"]:
        with tempfile.TemporaryDirectory() as folder:
            keep(package, unpacked(package, Path(folder)))
    LIST.write_text(json.dumps(stated, indent=2, ensure_ascii=False) + "\n")
    return 0


def check(stated: dict) -> int:
    """Compare each kept file with its recorded hash."""
    wrong = [
        f"{file}: changed or missing"
        for package in stated["packages"]
        for file, sha256 in package["files"].items()
        if not (STATIC / file).exists() or digest(STATIC / file) != sha256
    ]
    print("\n".join(wrong) or "vendored files are as listed")
    return bool(wrong)


def unpacked(package: dict, folder: Path) -> Path:
    """The package's own files, fetched by name and version through the npm client."""
    wanted = f"{package['name']}@{package['version']}"
    command = ["npm", "pack", "--silent", wanted]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    archive = next(folder.glob("*.tgz"))
    package["archive_sha256"] = digest(archive)
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return folder / "package"


def keep(package: dict, source: Path) -> None:
    """Write what we serve of one package and record each file's hash."""
    made = MAKERS[package["name"]](source)
    package["files"] = {}
    for name, content in sorted(made.items()):
        target = STATIC / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        package["files"][name] = digest(target)


def from_htmx(source: Path) -> dict[str, bytes]:
    return {
        "vendor/htmx.min.js": without_map((source / "dist/htmx.min.js").read_text()).encode(),
        "vendor/htmx.LICENSE": (source / "LICENSE").read_bytes(),
    }


def from_sortable(source: Path) -> dict[str, bytes]:
    return {
        "vendor/sortable.min.js": (source / "Sortable.min.js").read_bytes(),
        "vendor/sortable.LICENSE": (source / "LICENSE").read_bytes(),
    }


def from_echarts(source: Path) -> dict[str, bytes]:
    """Lines, bars, and the painters for pictures and SVG; pages with charts alone load it."""
    return {
        "vendor/echarts.common.min.js": without_map(
            (source / "dist/echarts.common.min.js").read_text()
        ).encode(),
        "vendor/echarts.LICENSE": (source / "LICENSE").read_bytes(),
        "vendor/echarts.NOTICE": (source / "NOTICE").read_bytes(),
    }


def from_inter(source: Path) -> dict[str, bytes]:
    return {
        "vendor/inter-latin.woff2": (source / "files/inter-latin-wght-normal.woff2").read_bytes(),
        "vendor/inter-latin-ext.woff2": (source / "files/inter-latin-ext-wght-normal.woff2").read_bytes(),
        "vendor/inter.LICENSE": (source / "LICENSE").read_bytes(),
    }


def from_icons(source: Path) -> dict[str, bytes]:
    """One sprite with a <symbol> for each icon in use, and nothing else."""
    symbols = []
    for name, original in sorted(ICONS.items()):
        folder, file = (
            ("filled", original.removesuffix("-filled"))
            if original.endswith("-filled")
            else ("outline", original)
        )
        drawing = (source / f"icons/{folder}/{file}.svg").read_text()
        inner = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
        assert inner, name
        shapes = " ".join(inner[1].split()).replace(
            '<path stroke="none" d="M0 0h24v24H0z" fill="none" />', ""
        )
        paint = ' fill="currentColor" stroke="none"' if folder == "filled" else ""
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24"{paint}>{shapes.strip()}</symbol>')
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    return {
        "icons.svg": sprite.encode(),
        "vendor/tabler-icons.LICENSE": (source / "LICENSE").read_bytes(),
    }


def from_tabler(source: Path) -> dict[str, bytes]:
    """Tabler's rules for bare elements: the reset below our own layers (the whole sheet is 620 kB)."""
    sheet = (source / "dist/css/tabler.min.css").read_text()
    banner = sheet[sheet.index("/*!") : sheet.index("*/") + 2]
    rules = [
        (selector, ours(style))
        for selector, style in re.findall(r"(?<=[}/;])([^{}@;/]+)\{([^{}]*)\}", sheet)
        if is_bare(selector)
    ]
    body = "\n".join(f"{selector}{{{style}}}" for selector, style in rules if style)
    return {
        "vendor/tabler-reset.css": f"{banner}\n{body}\n".encode(),
        "vendor/tabler.LICENSE": LICENCE_OF_TABLER.encode(),
    }


BARE = re.compile(r"^(\*|[a-z][a-z0-9]*)?((::?|\[)[a-z()-]+\]?)*$")


def is_bare(selector: str) -> bool:
    """Whether a rule speaks of elements only, so that it can hold for the whole page."""
    parts = [part.strip() for part in selector.split(",")]
    return all(BARE.match(part) and part not in ("", "from", "to") and "[data-" not in part for part in parts)


def ours(style: str) -> str:
    """The declarations that need none of Tabler's variables: colours and sizes are our tokens'."""
    return ";".join(part for part in style.split(";") if "--tblr" not in part)


LICENCE_OF_TABLER = """The MIT License (MIT)

Copyright (c) 2018-2026 The Tabler Authors

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

MAKERS = {
    "htmx.org": from_htmx,
    "sortablejs": from_sortable,
    "echarts": from_echarts,
    "@fontsource-variable/inter": from_inter,
    "@tabler/icons": from_icons,
    "@tabler/core": from_tabler,
}


def without_map(script: str) -> str:
    return re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "\n", script)


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
