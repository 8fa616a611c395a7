"""Where a merge begins: at once as a change set, or as a job where much hangs on the records (SIG-3)."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.changesets import ChangeSet, open_change_set, preview, start_change
from leadline.core.jobs import Running, job
from leadline.core.merging import Merging, move_portion, waiting_rows
from leadline.customers.actions.merging.contacts import homes_of, merge_contacts
from leadline.customers.actions.merging.customers import merge_customers
from leadline.customers.actions.merging.outcome import Merged, merged_ids
from leadline.customers.models import Contact, Customer

AT_ONCE = 5_000  # rows; what is more moves in a job
PORTION = 5_000
KIND = "customers.merge"


@action
def start_merge(
    kind: str,
    survivor: Customer | Contact,
    *,
    others: Iterable[int],
    choose: Mapping[str, int] | None = None,
    combine: Collection[str] | None = None,
    customer: int | None = None,
    by: Actor,
) -> Merged:
    """Merge records as a change set that can be undone for 30 days; as a job above a bound of rows."""
    ids = merged_ids(survivor.pk, others)
    answers: dict[str, Any] = {
        "choose": dict(choose or {}),
        "combine": None if combine is None else sorted(combine),
        "customer": customer,
    }
    title = _("Merged into %(name)s") % {"name": survivor}
    if waiting_rows(_merging(kind, survivor.pk, ids)) > AT_ONCE:
        told = preview(_merge, kind, survivor.pk, ids, answers, later=True, by=by)
        params = {"kind": kind, "survivor": survivor.pk, "others": list(ids), "answers": answers}
        started = start_change(KIND, title=title, params=params, by=by)
        told.job, told.change_set = started.pk, started.change_set_id
        return told
    opened = open_change_set(KIND, title=title, by=by)
    merged = _merge(kind, survivor.pk, ids, answers, by=by.within(opened.pk))
    ChangeSet.objects.filter(pk=opened.pk).update(state=ChangeSet.State.DONE)
    return merged


@job(KIND)
def run_merge(running: Running) -> None:
    """Merge first, then move what can be many in portions; the merged lead to the survivor already."""
    params = running.params
    merging = _merging(params["kind"], params["survivor"], tuple(params["others"]))
    if running.cursor is None:
        running.expect(waiting_rows(merging))
        with running.portion(cursor="merged"):
            _merge(
                merging.kind, merging.survivor, merging.others, params["answers"], later=True, by=running.by
            )
    moved = 1
    while moved:
        with running.portion(cursor="moving") as portion:
            moved = move_portion(merging, limit=PORTION, by=running.by)
            portion.done = moved
            portion.count(moved=moved)


def _merge(
    kind: str,
    survivor: int,
    others: tuple[int, ...],
    answers: Mapping[str, Any],
    *,
    later: bool = False,
    by: Actor,
) -> Merged:
    if kind == "contact":
        kept = Contact.objects.get(pk=survivor)
        return merge_contacts(
            kept, others=others, choose=answers["choose"], customer=answers["customer"], later=later, by=by
        )
    return merge_customers(
        Customer.objects.get(pk=survivor),
        others=others,
        choose=answers["choose"],
        combine=answers["combine"],
        later=later,
        by=by,
    )


def _merging(kind: str, survivor: int, others: tuple[int, ...]) -> Merging:
    within = homes_of([survivor, *others]) if kind == "contact" else ()
    return Merging(kind, survivor, others, within)
