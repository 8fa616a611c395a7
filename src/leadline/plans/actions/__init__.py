"""The verbs of capabilities."""

from leadline.plans.actions.finding import find_capabilities
from leadline.plans.actions.naming import (
    add_capability,
    bring_back_capability,
    change_capability,
    provide_capabilities,
    retire_capability,
)

__all__ = [
    "add_capability",
    "bring_back_capability",
    "change_capability",
    "find_capabilities",
    "provide_capabilities",
    "retire_capability",
]
