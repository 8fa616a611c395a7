"""The long works: each prepares outside the clock and gives what is then timed."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db.models import Count

from leadline.config.cli.jobs import run_here
from leadline.core.actions import Actor
from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.jobs import Job
from leadline.core.lists import Selection
from leadline.core.lists.bulk import start_bulk
from leadline.core.lists.export.running import start_export
from leadline.customers.models import Customer
from leadline.duplicates.actions import start_scan
from leadline.duplicates.models import Scan
from leadline.handovers.actions import start_handover
from leadline.handovers.planning import Draft
from leadline.imports import actions as imports
from leadline.imports.files import keep_copy
from leadline.people.models import Team, User

Timed = Callable[[], tuple[int, dict[str, Any]]]


def bring_in(file: str, on_duplicate: str) -> Timed:
    """Import a file of customers as the wizard would; its undo is kept."""
    by = _administrator()
    # The import takes its file over; the others are measured on the same.
    taken = Path(tempfile.mkdtemp()) / "customers.csv"
    shutil.copy(file, taken)
    brought = imports.bring("customers", keep_copy(taken), by=by)
    brought = imports.choose_options(brought, on_duplicate=on_duplicate, key="email", by=by)

    def work() -> tuple[int, dict[str, Any]]:
        job = _done(run_here(imports.start_import(brought, by=by)))
        return job.done, job.counts

    return work


def take_out(form: str) -> Timed:
    """Export all customers with the columns of the list."""
    by = _administrator()

    def work() -> tuple[int, dict[str, Any]]:
        columns = [
            "name",
            "email",
            "phone",
            "industry",
            "website",
            "address",
            "status",
            "city",
            "country",
            "owner",
        ]
        job = _done(run_here(start_export(Selection("customer"), columns=columns, form=form, by=by)))
        return job.done, job.counts

    return work


def hand_over(count: str) -> Timed:
    """Assign so many customers to one seller."""
    by = _administrator()
    owner = User.objects.active().filter(roles__key="inside-sales").order_by("-pk")[0]
    last = Customer.objects.order_by("pk").values_list("pk", flat=True)[int(count)]
    where = {"and": [{"field": "id", "op": "less_than", "value": last}]}

    def work() -> tuple[int, dict[str, Any]]:
        job = _done(
            run_here(start_bulk(Selection("customer", where=where), "assign", {"owner": owner.pk}, by=by))
        )
        return job.done, job.counts

    return work


def hand_portfolio_over(count: str) -> Timed:
    """Spread so many customers of everybody over a team in equal shares, each new owner with a sheet."""
    by = _administrator()
    last = Customer.objects.order_by("pk").values_list("pk", flat=True)[int(count)]
    where = {"and": [{"field": "id", "op": "less_than", "value": last}]}
    team = Team.objects.annotate(people=Count("members")).order_by("-people", "pk")[0]
    draft = Draft(
        "change",
        "even",
        selections={"customer": Selection("customer", where=where)},
        team=team,
        overflow=by.user,
    )

    def work() -> tuple[int, dict[str, Any]]:
        started = start_handover(draft, by=by).job
        job = _done(run_here(started)) if started else None
        return (job.done, job.counts) if job else (0, {})

    return work


def look_through() -> Timed:
    """Look for duplicates among all customers, from nothing."""
    by = _administrator()

    def work() -> tuple[int, dict[str, Any]]:
        _done(run_here(start_scan(is_full=True, kinds=("customer",), by=by)))
        scan = Scan.objects.latest("pk")
        return scan.records, {"compared": scan.compared, "pairs": scan.pairs, "keys cut": scan.cut}

    return work


def undo_last() -> Timed:
    """Undo the last change set."""
    by = _administrator()
    changes = ChangeSet.objects.latest("pk")

    def work() -> tuple[int, dict[str, Any]]:
        job = _done(run_here(undo_change_set(changes, by=by)))
        return job.done, job.counts

    return work


def _administrator() -> Actor:
    return Actor(User.objects.active().filter(roles__key="administrator").order_by("pk")[0], via="cli")


def _done(job: Job) -> Job:
    if job.state != Job.State.DONE:
        raise RuntimeError(f"{job.title}: {job.state} {job.message}")
    return job


WORKS: dict[str, Callable[..., Timed]] = {
    "import": bring_in,
    "export": take_out,
    "assign": hand_over,
    "undo": undo_last,
    "handover": hand_portfolio_over,
    "scan": look_through,
}
