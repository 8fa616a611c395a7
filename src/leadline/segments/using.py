"""Who uses a segment: saved views, rules of other segments; apps above add theirs (campaigns, automation)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.lists.models import SavedView
from leadline.segments.models import Segment
from leadline.segments.rules import named_in


@dataclass(frozen=True)
class Use:
    """One use: what it is called, where it is seen. One that `holds` must end before the segment does.

    A use that the asker may not see has no `label` and no `address`; it counts all the same.
    """

    what: str
    label: str = ""
    address: str = ""
    holds: bool = False


Finds = Callable[[Segment, Any], Iterable[Use]]
_finders: list[Finds] = []


def register_use(finds: Finds) -> Finds:
    """Let an app say where it uses a segment: `finds(segment, user)` gives each use."""
    _finders.append(finds)
    return finds


def uses_of(segment: Segment, user: Any) -> list[Use]:
    """All uses of a segment, as far as somebody may know of them."""
    return [use for finds in _finders for use in finds(segment, user)]


@register_use
def rules_that_ask(segment: Segment, user: Any) -> Iterable[Use]:
    """Segments in use whose rules ask for it."""
    rows = Segment.objects.current().filter(is_dynamic=True).exclude(pk=segment.pk)
    seen = set(Segment.objects.visible_to(user).values_list("pk", flat=True))
    for other in rows:
        if segment.pk in named_in(other.rule):
            shown = other.pk in seen
            yield Use(
                _("the rule of a segment"),
                other.name if shown else "",
                f"/segments/{other.pk}" if shown else "",
                holds=True,
            )


@register_use
def views_that_filter(segment: Segment, user: Any) -> Iterable[Use]:
    """Saved views that filter by it."""
    rows = SavedView.objects.all()
    seen = set(SavedView.objects.visible_to(user).values_list("pk", flat=True))
    for view in rows:
        if segment.pk in named_in(view.where):
            yield Use(_("a saved view"), view.name if view.pk in seen else "")
