"""Which customer a lead becomes: a new one, one that was chosen, or one that is surely the same (LEA-9)."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.actions import Actor
from leadline.core.refusals import RuleBroken
from leadline.customers.actions.picking import Done
from leadline.customers.actions.picking import pick as pick_customers
from leadline.customers.likeness import rules_for
from leadline.customers.queries.duplicates import Likeness
from leadline.leads.models import Lead
from leadline.leads.queries.alike import customers_alike


class Alike(models.TextChoices):
    """What is done with a lead that may be a customer already."""

    LEAVE = "leave", gettext_lazy("Leave the lead, and say whom it may be")
    JOIN = "join", gettext_lazy("Convert into the customer that is surely the same, else leave it")
    NEW = "new", gettext_lazy("Make a new customer all the same")


def chosen_customers(
    leads: Mapping[int, Lead], into: Mapping[int, int], alike: str, done: Done, *, by: Actor
) -> dict[int, int]:
    """Lead → the customer here already that it becomes; locked, so that nobody archives or merges it.

    A lead that becomes none is put among the refused of `done`, with the reason.
    """
    if alike not in Alike.values:
        known = ", ".join(Alike.values)
        raise RuleBroken(_("Choose one of: %(known)s.") % {"known": known}, field="alike", value=alike)
    chosen = {pk: into[pk] for pk in leads if pk in into}
    for pk, lead in leads.items():
        if pk not in into and alike != Alike.NEW and (found := customers_alike(by.user, lead)):
            surest = _surest(found) if alike == Alike.JOIN else None
            if surest is not None:
                chosen[pk] = surest.customer.pk
            else:
                done.refused[pk] = _in_words(found[0])
    _picked, allowed = pick_customers(set(chosen.values()), "edit", by=by)
    for pk, customer_id in list(chosen.items()):
        if customer_id in allowed.refused:
            done.refused[pk] = allowed.refused[customer_id]
            done.forbidden |= {pk} if customer_id in allowed.forbidden else set()
            del chosen[pk]
    return chosen


def _surest(found: list[Likeness]) -> Likeness | None:
    """The first that is as sure as a pair of duplicates and in sight."""
    sure = rules_for("customer").pair
    return next((each for each in found if each.is_visible and each.score >= sure), None)


def _in_words(found: Likeness) -> str:
    words = {"reasons": ", ".join(found.reasons), "name": found.customer.name, "who": found.ask}
    if found.is_visible:
        return _("It may be the customer %(name)s: %(reasons)s. Convert it by itself, or choose.") % words
    if found.ask:
        return _("It may be a customer outside your scope: %(reasons)s. Ask %(who)s.") % words
    return _("It may be a customer of another team: %(reasons)s.") % words
