"""What can be done with many customers at once: counted first, done as a job, undone for 30 days (CUS-7, SIG-3).

Every entry calls the action that the single page calls. A selection is asked again, portion by portion and
within the person's scope of that moment.
"""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.core.actions import Actor, action, require
from leadline.core.changesets import after_undo, preview, start_change
from leadline.core.drafts import clean_draft
from leadline.core.fields import catalogue
from leadline.core.jobs import Job, Running, job
from leadline.core.lists import Selection
from leadline.core.refusals import RuleBroken
from leadline.core.search import index
from leadline.customers import actions
from leadline.customers.actions.picking import Done
from leadline.customers.actions.side import renew_side_tables
from leadline.customers.queries.asking import context_for, search_for
from leadline.people.models import User
from leadline.people.scope import reach

PORTION = 5000
SAMPLE = 200


@dataclass(frozen=True)
class BulkVerb:
    """One thing to do with a set: what it is called, whose permission it takes, and the action behind it."""

    key: str
    label: Any
    permission: str
    icon: str
    run: Callable[[list[int], Mapping[str, Any], Actor], Done]
    told: Callable[[Mapping[str, Any]], str]
    of_archived: bool = False


def _owner(answers: Mapping[str, Any]) -> User | None:
    if not answers.get("owner"):
        return None
    owner = User.objects.active().filter(pk=answers["owner"]).first()
    if owner is None:
        raise RuleBroken(_("Choose somebody who works here."), field="owner", value=answers["owner"])
    return owner


def _assign(ids: list[int], answers: Mapping[str, Any], by: Actor) -> Done:
    return actions.assign_customers(ids, owner=_owner(answers), by=by)


def _tag(ids: list[int], answers: Mapping[str, Any], by: Actor) -> Done:
    return actions.tag_customers(ids, add=answers.get("add") or (), remove=answers.get("remove") or (), by=by)


def _status(ids: list[int], answers: Mapping[str, Any], by: Actor) -> Done:
    return actions.change_status(ids, status=str(answers.get("status", "")), by=by)


def _edit(ids: list[int], answers: Mapping[str, Any], by: Actor) -> Done:
    name = str(answers.get("field", ""))
    if name not in EDITABLE:
        raise RuleBroken(_("Choose a field that can be changed for many."), field="field", value=name)
    draft = clean_draft(
        catalogue("customer"), {name: answers.get("value", "")}, actions.cleaning_for(by), keep_empty=True
    )
    return actions.change_customers(dict.fromkeys(ids, draft), by=by)


def _block(ids: list[int], answers: Mapping[str, Any], by: Actor) -> Done:
    return actions.block_customers(ids, reason=str(answers.get("reason", "")), by=by)


EDITABLE = (
    "industry",
    "kind",
    "tier",
    "desk",
    "country",
    "region",
    "city",
    "language",
    "time_zone",
    "source",
    "customer_since",
)

VERBS: dict[str, BulkVerb] = {
    verb.key: verb
    for verb in (
        BulkVerb(
            "assign",
            gettext_lazy("Assign"),
            "assign",
            "user-check",
            _assign,
            lambda answers: _("Assign to %(owner)s") % {"owner": _owner(answers) or _("nobody")},
        ),
        BulkVerb("tag", gettext_lazy("Tag"), "edit", "tag", _tag, lambda answers: _("Change tags")),
        BulkVerb(
            "status",
            gettext_lazy("Change status"),
            "edit",
            "flag",
            _status,
            lambda answers: _("Change status"),
        ),
        BulkVerb(
            "edit", gettext_lazy("Change a field"), "edit", "edit", _edit, lambda answers: _("Change a field")
        ),
        BulkVerb("block", gettext_lazy("Block"), "block", "ban", _block, lambda answers: _("Block")),
        BulkVerb(
            "unblock",
            gettext_lazy("Unblock"),
            "block",
            "lock-open",
            lambda ids, answers, by: actions.unblock_customers(ids, by=by),
            lambda answers: _("Unblock"),
        ),
        BulkVerb(
            "archive",
            gettext_lazy("Archive"),
            "archive",
            "archive",
            lambda ids, answers, by: actions.archive_customers(ids, by=by),
            lambda answers: _("Archive"),
        ),
        BulkVerb(
            "restore",
            gettext_lazy("Restore"),
            "archive",
            "arrow-back-up",
            lambda ids, answers, by: actions.restore_customers(ids, by=by),
            lambda answers: _("Restore"),
            of_archived=True,
        ),
    )
}


@dataclass(frozen=True)
class BulkPreview:
    """What a bulk change would do: how many there are, how many can't be changed and why, tried on a sample."""

    total: int
    can_change: int
    reasons: dict[str, int] = field(default_factory=dict)
    tried: int = 0
    would_change: int = 0
    already_so: int = 0


def preview_bulk(selection: Selection, verb: str, answers: Mapping[str, Any], *, by: Actor) -> BulkPreview:
    """Count a selection by what stands against the change, and try the change on its first 200, rolled back.

    Raises `RuleBroken` naming the answer that can't be meant.
    """
    chosen = _verb(verb, by)
    counts = _counts(selection, chosen, by)
    first = _next_ids(selection, 0, SAMPLE, by)
    done = preview(chosen.run, first, answers, by) if first else Done()
    reasons = {**counts.reasons}
    for reason in set(done.refused.values()) - set(reasons):
        reasons[reason] = list(done.refused.values()).count(reason)
    return BulkPreview(
        counts.total, counts.can_change, reasons, len(first), len(done.changed), done.unchanged
    )


@action
def start_bulk(selection: Selection, verb: str, answers: Mapping[str, Any], *, by: Actor) -> Job:
    """Start a bulk change as a job that is one change set; tried on one customer first, so nonsense is refused now."""
    chosen = _verb(verb, by)
    first = _next_ids(selection, 0, 1, by)
    if not first:
        raise RuleBroken(_("There is nothing to change: the selection is empty."))
    preview(chosen.run, first, answers, by)
    total = _counts(selection, chosen, by).total
    words = ngettext("%(what)s: %(count)s customer", "%(what)s: %(count)s customers", total)
    title = words % {"what": chosen.told(answers), "count": f"{total:,}"}
    params = {"selection": selection.as_params(), "verb": verb, "answers": dict(answers)}
    return start_change("customers.bulk", title=title, params=params, total=total, by=by)


@job("customers.bulk")
def run_bulk(running: Running) -> None:
    """Change a selection in portions, by the order of ids, so that each customer has its turn exactly once."""
    selection = Selection.from_params(running.params["selection"])
    verb, answers = VERBS[running.params["verb"]], running.params["answers"]
    after = running.cursor or 0
    while ids := _next_ids(selection, after, PORTION, running.by):
        after = ids[-1]
        with running.portion(done=len(ids), cursor=after) as portion:
            done = verb.run(ids, answers, running.by)
            portion.count(changed=len(done.changed), unchanged=done.unchanged, refused=len(done.refused))
            if done.refused:
                portion.append("refused.csv", _refused_rows(done.refused))
    if running.counts.get("refused"):
        running.result("refused.csv")


@after_undo("customer")
def follow_the_undone(ids: list[int], *, by: Actor) -> None:
    """Derive anew what history leaves out: sort keys, the pulse's scope, search."""
    renew_side_tables(ids)
    index("customer", ids)


def bulk_verbs_for(user: User) -> list[BulkVerb]:
    """What this person's roles allow on at least some customers."""
    return [verb for verb in VERBS.values() if user.may("customer", verb.permission)]


def _verb(key: str, by: Actor) -> BulkVerb:
    chosen = VERBS.get(key)
    if chosen is None:
        known = ", ".join(VERBS)
        raise RuleBroken(_("Choose one of: %(known)s.") % {"known": known}, field="verb", value=key)
    require(
        by.user.is_system or by.user.may("customer", chosen.permission), _("Your role does not allow this.")
    )
    return chosen


def _next_ids(selection: Selection, after: int, limit: int, by: Actor) -> list[int]:
    sql, params = selection.ids_sql(
        scope=reach(by.user, "customer", "view"),
        context=context_for(by.user),
        search=search_for(by.user),
        user=by.user,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({sql}) selected WHERE id > %s ORDER BY id LIMIT %s", [*params, after, limit]
        )
        return [row[0] for row in cursor.fetchall()]


def _counts(selection: Selection, verb: BulkVerb, by: Actor) -> BulkPreview:
    """Total, and those that the role or being archived keeps from changing, in one query."""
    sql, params = selection.ids_sql(
        scope=reach(by.user, "customer", "view"),
        context=context_for(by.user),
        search=search_for(by.user),
        user=by.user,
    )
    allowed, allowed_params = reach(by.user, "customer", verb.permission).sql("customers_customer")
    state = "IS NOT NULL" if verb.of_archived else "IS NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), count(*) FILTER (WHERE NOT ({allowed})),"
            f" count(*) FILTER (WHERE ({allowed}) AND NOT (archived_at {state}))"
            f" FROM customers_customer WHERE id IN ({sql})",
            [*allowed_params, *allowed_params, *params],
        )
        total, beyond, wrong_state = cursor.fetchone()
    reasons = {
        str(_("Your role does not allow this for them.")): beyond,
        str(_("They are not archived.") if verb.of_archived else _("They are archived.")): wrong_state,
    }
    return BulkPreview(total, total - beyond - wrong_state, {why: n for why, n in reasons.items() if n})


def _refused_rows(refused: dict[int, str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(sorted(refused.items()))
    return text.getvalue().encode()
