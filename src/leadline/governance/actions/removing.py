"""Retention: a month of history or ledger that is too old is removed whole, and the chain says so."""

from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.events import publish
from leadline.core.partitions import partition_of
from leadline.core.refusals import RuleBroken
from leadline.governance.actions.sealing import add_seal
from leadline.governance.chain.alone import alone_with_the_chain
from leadline.governance.chain.ledgers import EVENTS, Ledger, month_after
from leadline.governance.events import MonthRemoved
from leadline.governance.models import Seal
from leadline.governance.queries.seals import sealed_up_to


@action
def remove_month(ledger: Ledger, month: date, *, rule: str, by: Actor) -> Seal:
    """Remove all entries of a month that is sealed whole, by a named rule; returns the seal that says so.

    Raises `RuleBroken` for a month that is not over, or not sealed yet.
    """
    alone_with_the_chain()
    seals = Seal.objects.filter(ledger=ledger.name, month=month)
    last = seals.order_by("-number").first()
    if last is None or last.rule:
        raise RuleBroken(_("Nothing of this month is there to be removed."), field="month", value=month)
    bounds = [month, month_after(month)]
    where = "WHERE at >= %s::timestamp AT TIME ZONE 'UTC' AND at < %s::timestamp AT TIME ZONE 'UTC'"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), coalesce(max(id), 0), now() >= %s::timestamp AT TIME ZONE 'UTC'"
            f" FROM {ledger.table} {where}",
            [bounds[1], *bounds],
        )
        count, highest, is_over = cursor.fetchone()
        if not is_over or highest > sealed_up_to(ledger):
            raise RuleBroken(
                _("A month can be removed when it is over and sealed."), field="month", value=month
            )
        for table in (ledger.table, *(["core_event_subject"] if ledger is EVENTS else [])):
            cursor.execute(f"DROP TABLE IF EXISTS {partition_of(table, month)}")
            cursor.execute(f"DELETE FROM {table} {where}", bounds)  # what stood in the partition for the rest
    said = MonthRemoved(ledger=ledger.name, month=f"{month:%Y-%m}", entries=count, rule=rule)
    event = publish(said, by=by, about=[])
    return add_seal(
        by=by,
        ledger=ledger.name,
        month=month,
        from_id=last.from_id,
        to_id=last.to_id,
        count=count,
        value=bytes(last.value),
        rule=rule,
        event_id=event,
    )
