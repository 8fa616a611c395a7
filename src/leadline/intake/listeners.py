"""What follows when somebody writes: owners hear of it."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.events import on
from leadline.core.organisation import organisation
from leadline.customers.models import Customer
from leadline.intake.events import LetterCameIn
from leadline.leads.models import Lead
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification


@on(LetterCameIn)
def tell_the_owner(event: LetterCameIn, *, by: Actor) -> None:
    """Whose customer or lead it is hears that somebody waits for an answer."""
    rows: list[Any] = [
        *Customer.objects.select_related("owner").filter(pk__in=event.ids_of("customer")),
        *Lead.objects.select_related("owner").filter(pk__in=event.ids_of("lead")),
    ]
    about = next(iter(rows), None)
    if about is None or about.owner is None or not about.owner.is_active:
        return
    page = "customers:page" if isinstance(about, Customer) else "leads:page"
    with translation.override(about.owner.language or organisation().language):
        new, again = _("%(name)s came in by e-mail."), _("%(name)s wrote an e-mail.")
        notify(
            [about.owner.pk],
            kind=Notification.Kind.ASSIGNMENT,
            text=((new if event.is_new else again) % {"name": about})[:300],
            address=reverse(page, args=[about.pk]),
            cause=by.trace,
            by=by,
        )
