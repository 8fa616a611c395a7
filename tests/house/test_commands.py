"""Every command explains itself: a sentence, an example, and words for each option (INT-4)."""

from collections.abc import Iterator
from typing import Any

import pytest

from leadline.config.cli.commands import COMMANDS
from leadline.config.cli.main import HELP, _load


def commands() -> Iterator[tuple[str, Any]]:
    """Each command and each of a group, by what is typed."""
    for name in COMMANDS:
        command = _load(name)
        inner = getattr(command, "commands", None)
        yield from ((f"{name} {each}", of) for each, of in inner.items()) if inner else [(name, command)]


@pytest.mark.parametrize(("typed", "command"), [pytest.param(*each, id=each[0]) for each in commands()])
def test_every_command_has_help_with_an_example(typed, command):
    words = command.help or ""

    assert f"leadline {typed}" in words.partition("Example:")[2], "Example: leadline …"
    for parameter in command.params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            assert parameter.help, parameter.name


def test_the_exit_codes_are_told():
    assert "0 done, 1 refused or failed" in HELP
