"""Leads as rules assign them: where they lie, whose customer matches, who gets them (LEA-7)."""

from collections.abc import Iterable, Mapping

from django.db import connection
from django.utils.translation import gettext_lazy, ngettext

from leadline.assignment.registry import Assignable, register_assignable
from leadline.core.formats import number
from leadline.customers.queries.territories import RULED, compiled_rules, placed_by_rules
from leadline.leads import actions
from leadline.leads.models import Lead

# The same e-mail, else the same phone, at a customer or one of its contacts; the oldest customer's owner.
_KNOWN = """
SELECT DISTINCT ON (lead.id) lead.id, customer.owner_id
  FROM leads_lead lead
  JOIN LATERAL (
       SELECT c.id, 1 AS rank FROM customers_customer c WHERE lead.email <> '' AND c.email = lead.email
       UNION ALL
       SELECT o.customer_id, 2 FROM customers_contact o
        WHERE lead.email <> '' AND o.email = lead.email AND o.archived_at IS NULL
       UNION ALL
       SELECT c.id, 3 FROM customers_customer c WHERE lead.phone <> '' AND c.phone = lead.phone
       UNION ALL
       SELECT o.customer_id, 4 FROM customers_contact o
        WHERE lead.phone <> '' AND o.phone = lead.phone AND o.archived_at IS NULL) found ON true
  JOIN customers_customer customer
    ON customer.id = found.id AND customer.archived_at IS NULL AND customer.owner_id IS NOT NULL
 WHERE lead.id = ANY(%s::bigint[])
 ORDER BY lead.id, found.rank, customer.id
"""


def owners_known(ids: Iterable[int]) -> Mapping[int, int]:
    """For leads that a customer matches by e-mail or phone: the customer's owner."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [list(ids)])
        return dict(cursor.fetchall())


def territories_by_rules(ids: Iterable[int]) -> Mapping[int, int]:
    """Where leads lie by the rules of territories, as far as the country and the house's words tell."""
    compiled = compiled_rules()
    found: dict[int, int] = {}
    by_country: dict[str, int | None] = {}
    for pk, country in Lead.objects.filter(pk__in=list(ids)).exclude(country="").values_list("pk", "country"):
        if country not in by_country:
            place = placed_by_rules({**dict.fromkeys(RULED), "country": country}, compiled)
            by_country[country] = place.pk if place else None
        if (territory := by_country[country]) is not None:
            found[pk] = territory
    return found


LEADS = register_assignable(
    Assignable(
        kind="lead",
        label=gettext_lazy("Leads"),
        every=gettext_lazy("All leads"),
        page="leads:page",
        counted=lambda n: ngettext("%(n)s lead", "%(n)s leads", n) % {"n": number(n)},
        deal=actions.deal_leads,
        owns="log",
        since="registered_at",
        territories=territories_by_rules,
        owners_known=owners_known,
        records="leads:list",
        given_at="assigned_at",
        qualities=("score",),
        breakdowns=("country", "source"),
        place=1,
        won={"field": "stage_kind", "op": "equals", "value": "won"},
    )
)
