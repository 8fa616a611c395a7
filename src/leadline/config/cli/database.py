"""What commands that work on the database have in common."""

import functools
import json
import sys
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.db import DatabaseError, connections

from leadline.config.installing import install
from leadline.core.actions import Actor
from leadline.core.installed import is_current
from leadline.core.postgres import in_use
from leadline.core.refusals import Refusal
from leadline.people.models import User

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def with_database(command: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Have the database there, and migrated, for the time of a command; tell a refusal in its words."""

    @functools.wraps(command)
    def prepared(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        with in_use():
            try:
                if not is_current():
                    install()
                return command(*args, **kwargs)
            except (Refusal, DatabaseError) as refused:
                sys.exit(f"leadline: {refused}")
            finally:
                connections.close_all()

    return prepared


def operator() -> Actor:
    """Whoever may run commands on this machine acts as the house."""
    return Actor(User.objects.house(), via="cli")


def tell(sentence: str, result: dict[str, Any], *, as_json: bool) -> None:
    """Print the result: a sentence for people, or one JSON line for programs."""
    sys.stdout.write(json.dumps(result, default=str) + "\n" if as_json else sentence + "\n")
