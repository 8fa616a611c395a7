"""What stands against undoing a merge, and what comes back with it (SIG-3)."""

from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.changesets import ChangeSet, after_undo, before_undo
from leadline.core.merging.models import Merge
from leadline.core.merging.moving import bring_back
from leadline.core.privacy import is_erased
from leadline.core.refusals import RuleBroken


@before_undo
def require_that_merges_can_be_undone(changes: ChangeSet) -> None:
    """A merge whose survivor was merged further is undone after that one; not at all when somebody of it
    was erased.
    """
    for merge in Merge.objects.standing().filter(change_set_id=changes.pk):
        further = Merge.objects.standing().filter(kind=merge.kind, merged_ids__contains=[merge.survivor_id])
        later = further.exclude(change_set_id=changes.pk).first()
        if later is not None:
            message = _(
                "The record that survived was itself merged since (%(title)s). Undo that merge first."
            )
            title = (
                ChangeSet.objects.filter(pk=later.change_set_id or 0).values_list("title", flat=True).first()
            )
            raise RuleBroken(message % {"title": title or later.merged_at.date()})
        if any(is_erased(merge.kind, key) for key in (merge.survivor_id, *merge.merged_ids)):
            raise RuleBroken(_("This person was erased and can't be brought back."))


@after_undo("merge")
def bring_back_what_has_no_history(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """The newest merge first: what moved twice takes both ways back."""
    for merge in Merge.objects.filter(pk__in=ids).order_by("-pk"):
        bring_back(merge, by)
