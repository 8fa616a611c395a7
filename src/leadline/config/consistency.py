"""Whether what belongs together agrees: records, their search documents, history, ledger, queue."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection

from leadline.core import clock
from leadline.core.history.tracking import Tracking, tracked_models
from leadline.core.jobs.models import Job
from leadline.core.metrics.rollups import rollups
from leadline.core.metrics.rollups.keeping import differences
from leadline.core.partitions import partitioned_tables
from leadline.core.search.searchable import Searchable, searchables

Found = tuple[bool, str]
# What the documents of so many of the newest records say is compared, too.
COMPARED = 20_000
# The history and the ledger are looked through so far back.
RECENT = "35 days"
# So many batches of events may wait to be counted: those of a minute at the most that is measured.
USAGE_WAITS = 2_000


def search() -> Found:
    """Every record has one document, every document a record, and it says what the record says (CUS-6)."""
    troubles = [words for about in searchables() for words in _search_of(about)]
    return not troubles, "; ".join(troubles) or "documents say what the records say"


def history() -> Found:
    """The latest entry of each record names the version that the record has (ALL-4)."""
    troubles = []
    for tracking in tracked_models():
        if tracking.has("version"):
            count = _number(
                "SELECT count(*) FROM (SELECT record_id, max(version) AS latest FROM core_history"
                f" WHERE kind = %s AND at > now() - interval '{RECENT}'"
                " AND verb <> 'removed' GROUP BY 1) entry"
                f" JOIN {tracking.table} record ON record.{tracking.key} = entry.record_id"
                " WHERE record.version <> entry.latest",
                [tracking.kind],
            )
            if count:
                troubles.append(f"{count} of {tracking.kind} have another version than their history")
    return not troubles, "; ".join(troubles) or "the latest entries name the records' versions"


def ledger() -> Found:
    """No subject without its event, and what recent events are about is there (design 4.7)."""
    orphans = _number(
        f"SELECT count(*) FROM core_event_subject s WHERE s.at > now() - interval '{RECENT}'"
        " AND NOT EXISTS (SELECT FROM core_event e WHERE e.id = s.event_id AND e.at = s.at)"
    )
    missing = sum(map(_missing_subjects, tracked_models()))
    ok = not orphans and not missing
    return ok, "events and what they are about agree" if ok else (
        f"{orphans} subjects without an event, {missing} that are about nothing"
    )


def jobs() -> Found:
    """No unfinished job that the queue has forgotten, but for those just being handed on."""
    old = clock.now() - timedelta(minutes=5)
    lost = _number(
        "SELECT count(*) FROM core_job j WHERE state IN ('waiting', 'running') AND created_at < %s"
        " AND NOT EXISTS (SELECT FROM procrastinate_jobs q WHERE q.task_name = 'core.run_job'"
        " AND q.status IN ('todo', 'doing') AND (q.args ->> 'job_id')::bigint = j.id)",
        [old],
    )
    unfinished = Job.objects.unfinished().count()
    return not lost, f"{unfinished} unfinished" + (f", {lost} of them in no queue" if lost else "")


def pulses() -> Found:
    """Each customer has its pulse, which repeats owner, team and territory, and a team that is there; no
    constraint sees to it."""
    wrong = _number(
        "SELECT count(*) FROM customers_customer c FULL JOIN customers_pulse p ON p.customer_id = c.id"
        " WHERE c.id IS NULL OR p.customer_id IS NULL OR (c.owner_id, c.team_id, c.territory_id)"
        " IS DISTINCT FROM (p.owner_id, p.team_id, p.territory_id)"
    )
    lost = _number(
        "SELECT count(*) FROM customers_customer WHERE team_id IS NOT NULL"
        " AND team_id NOT IN (SELECT id FROM people_team)"
    )
    told = {"pulses differ from their customers": wrong, "customers are of no team that is there": lost}
    return not any(told.values()), _in_words(told) or "pulses and customers agree"


def segments() -> Found:
    """Each segment holds as many members as it says, and the history is being followed (CUS-17)."""
    wrong = _number(
        "SELECT count(*) FROM segments_standing s WHERE s.size <>"
        " (SELECT count(*) FROM segments_member m WHERE m.segment_id = s.segment_id AND m.left_at IS NULL)"
    )
    troubled = _number(
        "SELECT count(*) FROM segments_standing s JOIN segments_segment g ON g.id = s.segment_id"
        " WHERE s.trouble <> '' AND g.archived_at IS NULL"
    )
    told = {"say another size than they have": wrong, "have a rule that can't be asked": troubled}
    return not wrong, _in_words(told) or "sizes and members agree"


def assignment() -> Found:
    """Whoever takes what no rule places works here, and what each rule owes sums to nothing (SIG-5)."""
    left = _number(
        "SELECT count(*) FROM assignment_ruleset s JOIN people_user u ON u.id = s.overflow_id"
        " WHERE s.is_on AND NOT u.is_active"
    )
    uneven = _number(
        "SELECT count(*) FROM (SELECT FROM assignment_turn GROUP BY rule_id HAVING sum(owed) <> 0) rule"
    )
    told = {"overflow owners have left": left, "rules owe more than they gave": uneven}
    return not any(told.values()), _in_words(told) or "overflow owners are here, turns sum to nothing"


def stays() -> Found:
    """Each lead is in the stage, and has the callback, that its figures over time say (LEA-11, LEA-13)."""
    staying = _number(
        "SELECT count(*) FROM leads_lead lead LEFT JOIN leads_stay stay"
        " ON stay.lead_id = lead.id AND stay.left_at IS NULL"
        " WHERE (stay.stage_id, stay.entered_at) IS DISTINCT FROM (lead.stage_id, lead.stage_since)"
    )
    called = _number(
        "SELECT count(*) FROM leads_lead lead LEFT JOIN leads_callback callback"
        " ON callback.lead_id = lead.id AND callback.ended_at IS NULL"
        " WHERE callback.due_at IS DISTINCT FROM lead.callback_at"
    )
    ok = not staying and not called
    return ok, "leads, stays and callbacks agree" if ok else (
        f"{staying} leads are in another stage than their last stay says, {called} have another callback"
    )


def usage() -> Found:
    """What was counted last is what the events tell, and what customers use what their users did (PLT-7)."""
    days = _number(
        "SELECT count(*)"
        " FROM (SELECT * FROM platform_usageday ORDER BY user_id DESC, day DESC LIMIT 500) kept"
        " CROSS JOIN (SELECT zone FROM platform_usageplace WHERE id = 1 AND NOT is_due) place"
        " WHERE NOT EXISTS (SELECT FROM platform_usagedue due WHERE due.user_ids @> ARRAY[kept.user_id])"
        " AND kept.logins <> (SELECT count(*) FROM platform_platformevent e WHERE e.user_id = kept.user_id"
        "  AND e.kind = 'logged_in' AND e.at >= kept.day::timestamp AT TIME ZONE place.zone"
        "  AND e.at < (kept.day + 1)::timestamp AT TIME ZONE place.zone)"
    )
    uses = _number(
        "SELECT count(*) FROM (SELECT * FROM platform_featureuse ORDER BY id DESC LIMIT 500) used"
        " JOIN plans_capability c ON c.id = used.capability_id AND c.kind = 'metered'"
        " CROSS JOIN (SELECT month FROM platform_usageplace WHERE id = 1 AND NOT is_measuring) place"
        " WHERE used.used <> (SELECT coalesce(sum(f.amount), 0) FROM platform_featureday f"
        "  JOIN platform_platformuser u ON u.id = f.user_id WHERE u.customer_id = used.customer_id"
        "  AND f.capability_id = used.capability_id AND f.day >= place.month)"
    )
    waiting = _number("SELECT count(*) FROM platform_usagedue")
    ok = not days and not uses and waiting < USAGE_WAITS
    return ok, "days are what the events tell" if ok else (
        f"{days} days and {uses} uses differ, {waiting} batches wait: `leadline events count-usage`"
    )


def figures() -> Found:
    """Counts that are kept by day and person say what the records say (design 4.8, SIG-6)."""
    wrong = {rollup.kind: count for rollup in rollups() if (count := differences(rollup))}
    told = ", ".join(f"{count} counts of {kind} differ from the records" for kind, count in wrong.items())
    return not wrong, f"{told}; the next night counts anew" if wrong else "counts say what the records say"


def partitions() -> Found:
    """The partition of the next month is there, before rows of it come."""
    next_month = (clock.now().replace(day=1) + timedelta(days=32)).strftime("%Y_%m")
    late = [
        table
        for table in partitioned_tables()
        if not _number("SELECT count(*) FROM pg_class WHERE relname = %s", [f"{table}_{next_month}"])
    ]
    return not late, f"run `leadline migrate`: {', '.join(late)}" if late else "there for next month"


def _search_of(about: Searchable) -> list[str]:
    without = _number(
        f"SELECT count(*) FROM {about.table} r WHERE NOT EXISTS"
        f" (SELECT FROM {about.document_table} d WHERE d.object_id = r.id)"
    )
    surplus = _number(
        f"SELECT count(*) FROM {about.document_table} d WHERE NOT EXISTS"
        f" (SELECT FROM {about.table} r WHERE r.id = d.object_id)"
    )
    other = _number(
        f"SELECT count(*) FROM ({about.documents}) made"
        f" JOIN {about.document_table} d ON d.object_id = made.id WHERE d.text <> made.text",
        {"ids": _newest(about)},
    )
    told = {
        "have no document": without,
        "documents have no record": surplus,
        "documents say otherwise": other,
    }
    return [f"{count} {about.kind} {words}" for words, count in told.items() if count]


def _newest(about: Searchable) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {about.table} ORDER BY id DESC LIMIT {COMPARED}")
        return [key for (key,) in cursor.fetchall()]


def _missing_subjects(tracking: Tracking) -> int:
    """Subjects of a kind whose record is not there; one that may be removed for good is none."""
    if tracking.removed_by_undo:
        return 0
    return _number(
        f"SELECT count(*) FROM core_event_subject s WHERE s.kind = %s AND s.at > now() - interval '{RECENT}'"
        f" AND NOT EXISTS (SELECT FROM {tracking.table} r WHERE r.{tracking.key} = s.subject_id)",
        [tracking.kind],
    )


def _in_words(told: Mapping[str, int]) -> str:
    """How many there are of each trouble; nothing where there is none."""
    return "; ".join(f"{count} {words}" for words, count in told.items() if count)


def _number(asked: str, given: Any = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(asked, given)
        return int(cursor.fetchone()[0])
