"""The source of the house as these tests read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "leadline"


@cache
def modules() -> dict[str, ast.Module]:
    """Path below src/leadline → syntax tree, without tests and migrations."""
    found = {}
    for path in sorted(SRC.rglob("*.py")):
        name = path.relative_to(SRC).as_posix()
        if not {"tests", "migrations"} & set(name.split("/")):
            found[name] = ast.parse(path.read_text(), name)
    return found


@cache
def templates() -> dict[str, str]:
    """Path below src/leadline → text of each template."""
    return {
        path.relative_to(SRC).as_posix(): path.read_text()
        for path in sorted(SRC.rglob("*.html"))
        if "templates" in path.parts
    }


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions in a tree, methods too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
