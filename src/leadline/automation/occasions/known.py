"""All occasions by their keys."""

from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from leadline.automation.occasions.happening import Occasion
from leadline.automation.occasions.ledger import in_the_ledger
from leadline.automation.occasions.platform import ON_PLATFORM
from leadline.core.refusals import RuleBroken


@cache
def occasions() -> dict[str, Occasion]:
    """Each occasion by its key, those of the platform first."""
    return {each.key: each for each in (*ON_PLATFORM, *in_the_ledger())}


def occasion_named(key: Any) -> Occasion:
    """The occasion of a key. Raises `RuleBroken` for one that is not known."""
    found = occasions().get(key) if isinstance(key, str) else None
    if found is None:
        message = _("There is no event “%(value)s”. Known are: %(known)s.")
        known = ", ".join(occasions())
        raise RuleBroken(
            message % {"value": str(key)[:60], "known": known}, field="start", value=str(key)[:60]
        )
    return found


def groups_of_occasions() -> list[tuple[str, list[tuple[str, str]]]]:
    """To choose from: groups of key and label."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in occasions().values():
        groups.setdefault(str(each.group), []).append((each.key, str(each.label)))
    return list(groups.items())
