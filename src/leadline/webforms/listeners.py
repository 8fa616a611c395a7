"""What follows from what was sent: owners hear that somebody wrote."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.events import on
from leadline.core.organisation import organisation
from leadline.leads.models import Lead
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification
from leadline.webforms.events import WebFormSent


@on(WebFormSent)
def tell_the_owner(event: WebFormSent, *, by: Actor) -> None:
    """Whose lead it is, new or known, hears that somebody waits for an answer."""
    lead = Lead.objects.select_related("owner").filter(pk__in=event.ids_of("lead")).first()
    if lead is None or lead.owner is None or not lead.owner.is_active:
        return
    with translation.override(lead.owner.language or organisation().language):
        new, again = _("%(lead)s came in through a web form."), _("%(lead)s wrote again through a web form.")
        notify(
            [lead.owner.pk],
            kind=Notification.Kind.ASSIGNMENT,
            text=(new if event.is_new else again) % {"lead": lead},
            address=reverse("leads:page", args=[lead.pk]),
            cause=by.trace,
            by=by,
        )
