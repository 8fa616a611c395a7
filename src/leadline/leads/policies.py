"""Who may do what with one lead; sets ask the same reach in `actions/picking.py`."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.core.formats import number
from leadline.customers.verbs import ERASED
from leadline.leads.models import Lead, Pulse
from leadline.leads.models.pulse import WEIGHS
from leadline.leads.verbs import LEAD_VERBS
from leadline.leads.verbs import may as reaches
from leadline.people.models import User
from leadline.people.permissions import permissions_for
from leadline.people.working.loads import counts_as_load
from leadline.timeline.models import Activity

permissions_for(
    "lead",
    gettext_lazy("Leads"),
    "view create edit log assign star archive import export convert",
    objects=gettext_lazy("leads"),
    counted=lambda n: ngettext("%(n)s lead", "%(n)s leads", n) % {"n": number(n)},
    words={
        "star": (
            gettext_lazy("Star"),
            gettext_lazy("Release them into the queue of their owner, and take them back."),
            gettext_lazy("star %(objects)s"),
        ),
        "convert": (
            gettext_lazy("Convert"),
            gettext_lazy("Make customers of them; adding customers is asked for too."),
            gettext_lazy("convert %(objects)s"),
        ),
    },
)
# Told by the rows beside: open ones in use, by an index that holds the owner alone.
counts_as_load("lead", lambda: Pulse.objects.filter(WEIGHS), by="owner_id")


def may_create_leads(user: User) -> bool:
    """Add leads, by hand or from a file."""
    return user.is_system or user.may("lead", "create")


def may_import_leads(user: User) -> bool:
    """Bring in files of leads."""
    return user.is_system or user.may("lead", "import")


def may_see_leads(user: User) -> bool:
    """Whether any role shows leads."""
    return user.is_system or user.may("lead", "view")


def may_work_leads(user: User) -> bool:
    """Whether there is a queue for this person: who logs on leads of their own."""
    return user.may("lead", "log")


def may(user: User, verb: str, lead: Lead) -> bool:
    """Whether the person may do a verb with this lead now."""
    return LEAD_VERBS[verb].allows(user, lead)


def may_on(user: User, lead: Lead) -> dict[str, bool]:
    """Each verb, and whether the person may do it now: what a page shows as buttons."""
    return {verb: may(user, verb, lead) for verb in LEAD_VERBS}


def why_not_edit(user: User, lead: Lead) -> str:
    """Why somebody who sees a lead can't change it, and who can help (PPL-5)."""
    if lead.is_archived:
        return ERASED(lead) or _("This lead is archived; restore it first.")
    if not user.may("lead", "edit"):
        return _("Your role only reads leads.")
    return _("This lead is %(owner)s's. Its owner or a sales manager can change it.") % {
        "owner": lead.owner or _("nobody")
    }


def may_edit_entry(user: User, activity: Activity, lead: Lead) -> bool:
    """Change or archive what is on the timeline: its author, or whoever may edit the lead."""
    if lead.is_archived or lead.is_erased:
        return False
    wrote_it = activity.user_id == user.pk and reaches(user, "log", lead)
    return wrote_it or reaches(user, "edit", lead)
