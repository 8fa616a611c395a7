"""Customers as they are handed over: what the rules ask, who may own them, who gets them (PPL-1)."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from leadline.core.actions import Actor
from leadline.core.formats import number
from leadline.core.lists import Selection
from leadline.core.lists.addresses import list_where
from leadline.customers import actions
from leadline.customers.actions.picking import Done, why_nots
from leadline.customers.models import Customer
from leadline.handovers.registry import Owned, Shown, register_owned
from leadline.handovers.spreading import Facts
from leadline.people.models import User
from leadline.people.working.naming import skills_for


def _of(user: User) -> Selection:
    return Selection("customer", where={"and": [{"field": "owner", "op": "equals", "value": user.pk}]})


def _list_of(user: User) -> str:
    return list_where("customers:list", _of(user).where)


def _facts(ids: Sequence[int], by: Actor) -> list[Facts]:
    refused = why_nots(ids, "assign", by=by)
    rows = Customer.objects.filter(pk__in=ids).order_by("pk")
    found = rows.values_list("pk", "owner_id", "territory_id", "language", "industry")
    return [
        Facts(pk, owner, territory, language, refused.get(pk, ""), skills_for(language, industry))
        for pk, owner, territory, language, industry in found
    ]


def _stay(user: User) -> str:
    kept = Customer.objects.filter(owner=user, archived_at__isnull=False).count()
    words = ngettext(
        "%(n)s archived customer stays with %(who)s. Only what is restored can be handed over.",
        "%(n)s archived customers stay with %(who)s. Only what is restored can be handed over.",
        kept,
    )
    return words % {"n": number(kept), "who": user} if kept else ""


def _load(users: Iterable[int]) -> dict[int, int]:
    rows = Customer.objects.current().filter(owner__in=list(users)).values_list("owner_id")
    return {owner: count for owner, count in rows.annotate(Count("pk")) if owner}


def may_own_customers(user: User) -> bool:
    """Somebody who works here and whose roles allow to change customers."""
    return user.may("customer", "edit")


def _assign(
    owners: Mapping[int, int], held_by: Mapping[int, int | None], handover_id: int, by: Actor
) -> Done:
    people = User.objects.in_bulk(set(owners.values()))
    named = {key: people[owner] for key, owner in owners.items()}
    return actions.hand_over_customers(named, held_by=held_by, handover_id=handover_id, by=by)


def _owners(ids: Sequence[int]) -> dict[int, int | None]:
    return dict(Customer.objects.filter(pk__in=ids).values_list("pk", "owner_id"))


def _shown(ids: Sequence[int], reader: User) -> dict[int, Shown]:
    rows = Customer.objects.visible_to(reader).filter(pk__in=ids)
    return {
        customer.pk: Shown(
            customer.name,
            reverse("customers:page", args=[customer.pk]),
            " · ".join(filter(None, [customer.industry, customer.city, str(customer.get_status_display())])),
        )
        for customer in rows
    }


CUSTOMERS = register_owned(
    Owned(
        kind="customer",
        label=gettext_lazy("customers"),
        counted=lambda n: ngettext("%(n)s customer", "%(n)s customers", n) % {"n": number(n)},
        selection_of=_of,
        facts=_facts,
        load=_load,
        may_own=may_own_customers,
        assign=_assign,
        owners=_owners,
        shown=_shown,
        list_of=_list_of,
        stay=_stay,
    )
)
