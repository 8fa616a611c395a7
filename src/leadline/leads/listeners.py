"""What follows from what happened: new owners are told, leads follow their owners (TIM-11, PPL-3)."""

from dataclasses import replace

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.assignment.actions import assign_what_came_in
from leadline.core.actions import Actor
from leadline.core.events import on
from leadline.core.organisation import organisation
from leadline.leads.actions.following import follow_owner, leave_team
from leadline.leads.actions.letters import welcome_leads
from leadline.leads.actions.onplatform import link_leads_to_users, link_users_of_leads
from leadline.leads.actions.registering import take_registrations
from leadline.leads.events import (
    LeadsAdded,
    LeadsAssigned,
    LeadsChanged,
    LeadsRefreshed,
    LeadsRegistered,
    LeadsRestored,
)
from leadline.leads.models import Lead
from leadline.people.events import TeamArchived, UserChangedTeam
from leadline.people.models import User
from leadline.platform.events import PlatformUsersAppeared, PlatformUsersReaddressed
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification

ADDRESSES = {"email", "phone"}


@on(LeadsAssigned)
def tell_the_new_owner_of_leads(event: LeadsAssigned, *, by: Actor) -> None:
    """Tell the new owner once for the whole set, not of the own doing."""
    owner = User.objects.active().filter(pk=event.owner_id).first() if event.owner_id else None
    if owner is None or owner.pk == event.actor_id:
        return
    ids = event.ids_of("lead")
    lead = Lead.objects.visible_to(owner).filter(pk=ids[0]).first() if len(ids) == 1 else None
    giver = User.objects.filter(pk=event.actor_id).first() or by.user
    with translation.override(owner.language or organisation().language):
        count = ngettext("%(number)s lead", "%(number)s leads", len(ids)) % {"number": len(ids)}
        notify(
            [owner.pk],
            kind=Notification.Kind.ASSIGNMENT,
            text=_("%(who)s handed you %(what)s.") % {"who": giver, "what": lead or count},
            address=reverse("leads:page", args=[lead.pk]) if lead else f"{reverse('leads:list')}?view=mine",
            cause=by.trace,
            by=by,
        )


@on(LeadsAdded)
def find_owners_by_rules(event: LeadsAdded, *, by: Actor) -> None:
    """Leads that came in without an owner go by the rules, the whole set at once (LEA-7)."""
    assign_what_came_in("lead", event.ids_of("lead"), by=replace(by, via="rule"))


@on(PlatformUsersAppeared)
def make_leads_of_the_registered(event: PlatformUsersAppeared, *, by: Actor) -> None:
    """Whoever registered on the platform becomes a lead (LEA-2); leads know who they are there (PLT-3)."""
    if event.registered_ids:
        take_registrations(event.registered_ids, by=by)
    link_leads_to_users(event.ids_of("platform_user"), by=by)


@on(PlatformUsersReaddressed)
def find_leads_by_new_addresses(event: PlatformUsersReaddressed, *, by: Actor) -> None:
    """Who waited for a lead may fit one now."""
    link_leads_to_users(event.ids_of("platform_user"), by=by)


@on(LeadsAdded)
def find_new_leads_on_the_platform(event: LeadsAdded, *, by: Actor) -> None:
    """Whoever came in may be on the platform already."""
    link_users_of_leads(event.ids_of("lead"), by=by)


@on(LeadsRefreshed)
def find_refreshed_leads_on_the_platform(event: LeadsRefreshed, *, by: Actor) -> None:
    """What was empty may hold an address now."""
    link_users_of_leads(event.ids_of("lead"), by=by)


@on(LeadsChanged)
def find_changed_leads_on_the_platform(event: LeadsChanged, *, by: Actor) -> None:
    """An address may be another now."""
    if ADDRESSES & set(event.fields):
        link_users_of_leads(event.ids_of("lead"), by=by)


@on(LeadsRestored)
def find_restored_leads_on_the_platform(event: LeadsRestored, *, by: Actor) -> None:
    """They count again."""
    link_users_of_leads(event.ids_of("lead"), by=by)


@on(LeadsRegistered)
def welcome_the_registered(event: LeadsRegistered, *, by: Actor) -> None:
    """Whoever registered gets the welcome e-mail, once (LEA-3)."""
    welcome_leads(event.ids_of("lead"), by=by)


@on(UserChangedTeam)
def move_leads_with_the_owner(event: UserChangedTeam, *, by: Actor) -> None:
    """What somebody owns belongs to the team that the person is in now."""
    owner = User.objects.filter(pk=event.user_id).first()
    if owner is not None:
        follow_owner(owner, by=by)


@on(TeamArchived)
def move_leads_to_the_other_team(event: TeamArchived, *, by: Actor) -> None:
    """What belonged to the team and has no owner in it goes along as well."""
    leave_team(event.team_id, into_id=event.into_id, by=by)
