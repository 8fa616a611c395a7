"""Counting the quality of customers: asked for by a person, done by a job and every night (CUS-24)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.conditions import Context, parse
from leadline.core.fields import catalogue
from leadline.core.jobs import Job, start_job
from leadline.quality import policies
from leadline.quality.measures import MEASURES
from leadline.quality.models import Portfolio

DAILY = timedelta(days=35)  # older days are kept once a week
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('quality.counting'))"
_COUNT = """
INSERT INTO quality_portfolio
       (day, counted_at, owner_id, team_id, territory_id, customers, lacking, asked, lost)
SELECT %s, %s, owner_id, team_id, territory_id, customers, lacking, customers * {measures},
       (SELECT sum(each.value::bigint) FROM jsonb_each_text(lacking) each)
  FROM (SELECT {table}.owner_id, {table}.team_id, {table}.territory_id, count(*) AS customers,
               jsonb_build_object({lacking}) AS lacking
          FROM {table} {joins}
         WHERE {table}.archived_at IS NULL
         GROUP BY {table}.owner_id, {table}.team_id, {table}.territory_id) counted
"""


@action
def start_counting(*, by: Actor) -> Job:
    """Have all counted again; one that waits or runs already is told."""
    require(
        policies.may_refresh_quality(by.user),
        _("Your role can't have this counted again. It is counted every night."),
    )
    running = Job.objects.unfinished().filter(kind="quality.count").order_by("-pk").first()
    return running or start_job("quality.count", title=_("Count data quality"), by=by)


@action
def count_quality(*, by: Actor) -> int:
    """Count every portfolio as of now, in one pass over the customers; returns how many portfolios.

    The counts of today are replaced. Raises `NotAllowed`."""
    require(policies.may_refresh_quality(by.user), _("Your role can't have this counted again."))
    about, context = catalogue("customer"), Context.of_organisation()
    conditions = [(measure, parse(measure.lacking, about)) for measure in MEASURES]
    needs = {join for _measure, condition in conditions for join in condition.needs}
    counts, params = [], []
    for measure, condition in conditions:
        sql, given = condition.sql(context)
        counts.append(f"'{measure.key}', count(*) FILTER (WHERE {sql})")
        params += given
    moment = now()
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        Portfolio.objects.filter(day=context.today).delete()
        cursor.execute(
            _COUNT.format(
                table=about.table,
                joins=about.join_sql(needs),
                lacking=", ".join(counts),
                measures=len(MEASURES),
            ),
            [context.today, moment, *params],
        )
        return int(cursor.rowcount)


@action
def thin_out(*, today: date, by: Actor) -> int:
    """Of days that are long past, only the Mondays stay; returns how many rows went."""
    old = Portfolio.objects.filter(day__lt=today - DAILY).exclude(day__week_day=2)
    return old.delete()[0]
