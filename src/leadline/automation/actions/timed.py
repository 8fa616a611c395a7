"""Rules that run by the clock: over all records that they mean, as a change set to undo (SIG-3)."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from leadline.automation.actions.running import Came, run_rule
from leadline.automation.actions.telling import as_meant
from leadline.automation.models import Rule
from leadline.automation.occasions import Happening
from leadline.automation.rules import Understood
from leadline.automation.timing import due_since, meant_then
from leadline.core.actions import Actor, action
from leadline.core.changesets import start_change
from leadline.core.clock import now
from leadline.core.formats import moment as written

KIND = "automation.timed"
PORTION = 500


@action
def start_timed_rules(*, by: Actor) -> list[int]:
    """Start the runs of all rules whose time has come; each time once. Returns the keys of the jobs.

    Where nothing is meant no job and no change set is made.
    """
    started = []
    moment = now()
    for rule in Rule.objects.in_force().filter(event="").select_for_update(of=("self",), skip_locked=True):
        meant = as_meant(rule, by=by)
        if meant is None or not meant.start.is_timed:
            continue
        for due in due_since(meant.start, rule.ran_until or rule.created_at, moment):
            if ids_meant(meant, due, after=0, limit=1):
                started.append(_start(rule, due, by))
        Rule.objects.filter(pk=rule.pk).update(ran_until=moment)
    return started


@action
def run_timed_portion(rule: Rule, due: datetime, *, after: int, by: Actor) -> tuple[Came, int | None]:
    """Run a rule over the next records that it means; gives the last key, None when there are no more."""
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    meant = as_meant(rule, by=by)
    if meant is None or not rule.is_on:
        return Came(), None
    ids = ids_meant(meant, due, after=after, limit=PORTION)
    if not ids:
        return Came(), None
    happenings = [happening_at(meant, key, due) for key in ids]
    return run_rule(rule, meant, happenings, change_set=by.change_set, by=by), ids[-1]


def ids_meant(meant: Understood, due: datetime, *, after: int, limit: int) -> list[int]:
    """The next records that a rule means at a moment."""
    with connection.cursor() as cursor:
        cursor.execute(*meant_then(meant, due, after=after, limit=limit))
        return [key for (key,) in cursor.fetchall()]


def happening_at(meant: Understood, key: int, due: datetime) -> Happening:
    """That the time came for a record."""
    lead, customer = (key if meant.record == each else None for each in ("lead", "customer"))
    return Happening(meant.record, key, f"time:{due:%Y-%m-%dT%H:%MZ}", due, lead, customer)


def _start(rule: Rule, due: datetime, by: Actor) -> int:
    title = _("Rule “%(rule)s”, %(moment)s") % {"rule": rule.label, "moment": written(due)}
    params = {"rule": rule.pk, "due": due.isoformat()}
    return start_change(KIND, title=title, params=params, by=by).pk
