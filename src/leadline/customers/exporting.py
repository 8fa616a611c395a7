"""Exports as jobs: the file is written in the worker and fetched when it is ready (CUS-8)."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.fields import catalogue
from leadline.core.jobs import Job, Running, job, start_job
from leadline.core.jobs.files import path_of
from leadline.core.lists import Selection
from leadline.core.lists.export import FORMATS, Exporting, write
from leadline.core.refusals import RuleBroken
from leadline.customers import policies
from leadline.customers.queries.asking import context_for, search_for
from leadline.people.scope import reach


@action
def start_export(selection: Selection, *, columns: list[str], form: str = "csv", by: Actor) -> Job:
    """Start writing the customers that a selection finds; the job is the record of who took what out.

    Raises `RuleBroken` for a column or a form nobody knows, and for a condition that can't be meant.
    """
    require(policies.may_export_customers(by.user), _("Your role can't export customers."))
    if form not in FORMATS:
        message = _("“%(value)s” is no form of export. Accepted: %(accepted)s.")
        words = {"value": form[:60], "accepted": ", ".join(FORMATS)}
        raise RuleBroken(message % words, field="format", value=form[:60])
    exporting = _exporting(selection, columns, by)
    count = selection.count(
        scope=exporting.scope, context=exporting.context, search=exporting.search, user=by.user
    )
    params = {"selection": selection.as_params(), "columns": exporting.header, "form": form}
    title = _("Export of %(count)s customers (%(form)s)") % {"count": f"{count.value:,}", "form": form}
    return start_job("customers.export", title=title, params=params, total=count.value, by=by)


@job("customers.export")
def run_export(running: Running) -> None:
    """Write the file anew from its beginning: an export that was interrupted has changed nothing."""
    params: dict[str, Any] = running.params
    selection = Selection.from_params(params["selection"])
    require(policies.may_export_customers(running.by.user), _("Your role can't export customers."))
    name = f"{catalogue(selection.kind).kind}s.{params['form']}"
    path = path_of(Job(pk=running.id), name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    exporting = _exporting(selection, params["columns"], running.by)
    with path.open("wb") as file:
        *_on_the_way, written = write(exporting, file, params["form"])
    with running.portion(done=written, counts={"exported": written}):
        running.result(name)


def _exporting(selection: Selection, columns: list[str], by: Actor) -> Exporting:
    user = by.user
    return Exporting.of(
        selection,
        columns,
        user=user,
        scope=reach(user, "customer", "export"),
        context=context_for(user),
        search=search_for(user),
    )
