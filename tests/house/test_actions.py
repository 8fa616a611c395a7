"""Every write is an action, and there is one way in (design 1.3, 3 and 7)."""

import ast
import importlib
import inspect
import re

import pytest

from tests.house.sources import functions, modules

# Offered beside the verbs, writing nothing: what cleaning a draft needs to know; how a token is compared.
NOT_VERBS = {"cleaning_for", "digest_of"}
# Work on files before the transaction, or around several: they write through actions alone, and know who.
AROUND_ACTIONS = {"bring", "correct_rows", "read_again", "change_set"}
# Writes that are not somebody's doing, each with the reason why it stands outside of an action.
OUTSIDE = {
    "people/models.py": "the house is there from the first question for it",
    "people/signing/entering.py": "the session in a cookie",
    "people/tokens.py": "a request is counted by the statement that finds its token",
    "api/idempotency.py": "answers of the API are kept with the request, in its own transaction",
    "api/tasks.py": "and cleared away",
    "duplicates/scanning/records.py": "copies of records, made anew at will, within the actions of a scan",
    "customers/likeness/providers.py": "domains counted anew at will, within the action that begins a scan",
    "imports/rows.py": "rows of a file on their way in",
    "imports/ahead.py": "the rows as they will be, rolled back",
}
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "abulk_create"}
MAYBE_WRITES = {"update", "delete"}  # of a queryset; dicts, sets and caches have them too
RAW = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+[\w\"{}.]+\s+SET|DELETE\s+FROM|TRUNCATE\s)", re.I)


def verbs() -> list[tuple[str, str]]:
    """(module, name) of each function that the actions of an app offer."""
    found = []
    for path in modules():
        parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
        if parts[-1] != "actions" or path == "core/actions.py":
            continue
        name = ".".join(("leadline", *parts))
        module = importlib.import_module(name)
        offered = getattr(module, "__all__", None) or [
            key for key, value in vars(module).items()
            if inspect.isfunction(value) and not key.startswith("_") and value.__module__ == name
        ]  # fmt: skip
        found += [(name, key) for key in offered if inspect.isfunction(getattr(module, key))]
    return sorted(found)


def test_the_verbs_are_found():
    """The scan sees what it is to hold."""
    assert ("leadline.customers.actions", "add_customers") in verbs()
    assert len(verbs()) > 60


@pytest.mark.parametrize(("module", "name"), [pair for pair in verbs() if pair[1] not in NOT_VERBS])
def test_every_verb_is_atomic_and_knows_who(module, name):
    """`@action`, and `by: Actor` by keyword alone."""
    verb = getattr(importlib.import_module(module), name)
    by = inspect.signature(verb).parameters.get("by")

    assert by is not None, f"{module}.{name} does not ask who"
    if name not in AROUND_ACTIONS:
        assert getattr(verb, "is_action", False), f"{module}.{name} is no @action"
    assert by.kind is inspect.Parameter.KEYWORD_ONLY or name == "change_set"


def test_nothing_is_written_outside_of_actions():
    """No save, create, update, delete or raw SQL that writes, but in actions, core and demonstration data."""
    strays = []
    for path, tree in modules().items():
        app, *rest = path.split("/")
        if app == "core" or "actions" in rest or rest[-1:] == ["actions.py"] or path in OUTSIDE:
            continue
        if rest[:1] in (["demo"], ["bench"]):
            continue
        strays += [f"{path}:{node.lineno}" for node in ast.walk(tree) if _writes(node)]
    assert strays == []


def test_helpers_of_actions_that_write_are_private():
    """In a module of actions a public function that writes is an action."""
    strays = []
    for path, tree in modules().items():
        if "actions" not in path.removesuffix(".py").split("/") or path.startswith("core/"):
            continue
        for function in functions(tree):
            decorated = any(
                ast.unparse(decorator).startswith("action") for decorator in function.decorator_list
            )
            is_public = not function.name.startswith("_") and function in tree.body
            if is_public and not decorated and any(_writes(node) for node in ast.walk(function)):
                strays.append(f"{path}: {function.name}")
    # Called by the undoing of a change set, inside of its action.
    assert strays == ["customers/actions/side.py: renew_sort_keys"]


def _writes(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(RAW.search(node.value))
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    owner = ast.unparse(node.func.value)
    if node.func.attr in WRITES:
        return "objects" in owner or node.func.attr == "save"
    return node.func.attr in MAYBE_WRITES and bool(re.search(r"objects|\.filter\(|\.exclude\(", owner))
