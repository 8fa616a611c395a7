"""A bulk change as a job that is one change set."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.changesets import preview, start_change
from leadline.core.formats import number
from leadline.core.jobs import Job, Running, job
from leadline.core.lists.bulk.choosing import next_ids
from leadline.core.lists.bulk.previewing import counted
from leadline.core.lists.bulk.refused import note_refused, offer_refused
from leadline.core.lists.bulk.verbs import verb_of
from leadline.core.lists.selection import Selection
from leadline.core.refusals import RuleBroken

PORTION = 5_000
KIND = "core.bulk"


@action
def start_bulk(
    selection: Selection, verb: str, answers: Mapping[str, Any], *, once: str = "", by: Actor
) -> Job:
    """Start a bulk change; tried on one record first, so that nonsense is refused now.

    `once` is a word that the page made up: the same word twice (a double click) starts one job.
    """
    chosen = verb_of(selection.kind, verb, by)
    started = _started(once, by)
    if started:
        return started
    first = next_ids(selection, 0, 1, by)
    if not first:
        raise RuleBroken(_("There is nothing to change: the selection is empty."))
    preview(chosen.run, first, answers, by)
    total, _reasons = counted(selection, chosen, by)
    title = _("%(what)s: %(count)s in all") % {"what": chosen.told(answers), "count": number(total)}
    params = {"selection": selection.as_params(), "verb": verb, "answers": dict(answers), "once": once}
    return start_change(KIND, title=title, params=params, total=total, by=by)


@job(KIND)
def run_bulk(running: Running) -> None:
    """Change a selection in portions, by the order of ids, so that each record has its turn exactly once."""
    selection = Selection.from_params(running.params["selection"])
    verb = verb_of(selection.kind, running.params["verb"], running.by)
    answers = running.params["answers"]
    after = running.cursor or 0
    while ids := next_ids(selection, after, PORTION, running.by):
        after = ids[-1]
        with running.portion(done=len(ids), cursor=after) as portion:
            done = verb.run(ids, answers, running.by)
            portion.count(changed=len(done.changed), unchanged=done.unchanged, refused=len(done.refused))
            note_refused(running, portion, selection.kind, done.refused)
    running.expect(running.done)  # those that no longer match when their turn came are not waited for
    offer_refused(running)


def _started(once: str, by: Actor) -> Job | None:
    """The job that this word has started already; whoever asks at the same moment waits here."""
    if not once:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{by.user.pk} {once}"])
    return Job.objects.filter(created_by=by.user, kind=KIND, params__once=once).first()
