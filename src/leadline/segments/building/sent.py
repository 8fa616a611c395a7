"""The builder as a page meets it: what was sent or is kept, and what is still missing (CUS-16)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.forms import ActionForm
from leadline.core.lists.questions import Asker
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.segments.building.nodes import GroupNode
from leadline.segments.building.reading import read_form, read_rule
from leadline.segments.building.steps import changed


def saves(request: Request) -> bool:
    """Whether what was sent is to be kept; a step of the builder (`do`) only draws it again."""
    return request.method == "POST" and "do" not in request.POST


def after_step(request: Request, asker: Asker) -> GroupNode:
    """What was sent, after the step of the button that was pressed, if any was."""
    return changed(read_form(request.POST, asker), request.POST.get("do", ""))


def root_of(request: Request, asker: Asker, kept: Callable[[], Any]) -> GroupNode:
    """What was sent, or else what is kept: a condition, or nothing. If `kept` is refused, that is said."""
    if request.method == "POST":
        return after_step(request, asker)
    try:
        return read_rule(kept() or {}, asker)
    except RuleBroken as refusal:
        root = read_rule({}, asker)
        root.error = refusal.message
        return root


def finished(root: GroupNode, form: ActionForm) -> Any:
    """The condition; where not all of it can be meant, the form says what is missing."""
    part = root.part()
    if unfinished := root.unfinished():
        form.add_error(None, unfinished[0].error or _("A condition is not finished: choose what it asks."))
    return part
