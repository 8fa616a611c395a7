"""Against the patterns that read what people type: none runs away with it (ReDoS)."""

import importlib
import inspect
import re
import subprocess
import sys
from functools import cache

import pytest

from tests.house.sources import SRC, modules

LONG = 2_000
SECONDS = 30  # for all patterns together, which take less than one; a bad one takes years
# Inputs that catch what goes back and forth: one sign repeated, then something that does not fit.
SIGNS = [
    "a",
    "0",
    " ",
    ".",
    "-",
    "@",
    "a.",
    "a@",
    "0 ",
    "0.",
    "0,",
    "(",
    "\u00e9",
    "A",
    "%",
    "_x",
    "\t",
    "x0041_",
]


@cache
def patterns():
    """Module and name → each pattern that a module keeps."""
    found = {}
    for path in modules():
        if "re.compile" in (SRC / path).read_text():
            module = importlib.import_module(
                "leadline." + path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
            )
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern):
                    found[f"{module.__name__}.{name}"] = value
    return found


def applied(full, kind):
    """Whether the house reads with a pattern in this way: from the start, or from each place of the text."""
    module, _dot, name = full.rpartition(".")
    ways = set(re.findall(rf"\b{name}\.(\w+)\(", inspect.getsource(importlib.import_module(module))))
    return (
        kind in ways if kind != "search" else bool(ways & {"search", "sub", "findall", "finditer", "split"})
    )


def test_the_patterns_are_found():
    assert len(patterns()) > 40


@pytest.mark.parametrize("kind", ["match", "search", "fullmatch"])
def test_no_pattern_goes_back_and_forth(kind):
    """Each pattern over long runs that end otherwise, in a process that is ended when it takes too long."""
    names = sorted(full for full in patterns() if applied(full, kind))
    assert names
    program = (
        "import importlib, os, django\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'leadline.config.settings')\n"
        "django.setup()\n"
        f"for full in {names!r}:\n"
        "    module, _, name = full.rpartition('.')\n"
        "    pattern = getattr(importlib.import_module(module), name)\n"
        f"    for sign in {SIGNS!r}:\n"
        f"        text = sign * ({LONG} // len(sign)) + '\\x01!'\n"
        "        given = text if isinstance(pattern.pattern, str) else text.encode()\n"
        "        print(full, repr(sign), flush=True)\n"
        f"        pattern.{kind}(given)\n"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as late:
        pytest.fail(f"takes too long: {(late.stdout or b'').decode().strip().splitlines()[-1:]}")

    assert done.returncode == 0, done.stderr[-2000:]
