"""What follows from what happened: people are told, customers follow their owners (TIM-11, PPL-3)."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.core.actions import Actor
from leadline.core.events import on
from leadline.core.organisation import organisation
from leadline.customers.actions.following import follow_owner, leave_team
from leadline.customers.events import CustomersAssigned
from leadline.customers.models import Customer
from leadline.people.events import TeamArchived, UserChangedTeam
from leadline.people.models import User
from leadline.timeline.actions import notify
from leadline.timeline.events import NoteWritten
from leadline.timeline.models import Note, Notification


@on(NoteWritten)
def tell_the_mentioned(event: NoteWritten, *, by: Actor) -> None:
    """Tell those whom a note mentions, as far as they see the customer."""
    note = Note.objects.current().select_related("author").filter(pk=event.note_id).first()
    if note is None:
        return
    for user in User.objects.active().filter(pk__in=event.mentioned).exclude(pk=note.author_id):
        customer = Customer.objects.visible_to(user).filter(pk=event.customer_id).first()
        if customer is None:
            continue
        with translation.override(user.language or organisation().language):
            text = _("%(who)s mentioned you in a note on %(customer)s.")
            notify(
                [user.pk],
                kind=Notification.Kind.MENTION,
                text=text % {"who": note.author, "customer": customer},
                address=reverse("customers:notes", args=[customer.pk]),
                cause=f"note:{note.pk}",
                by=by,
            )


@on(CustomersAssigned)
def tell_the_new_owner(event: CustomersAssigned, *, by: Actor) -> None:
    """Tell the new owner once for the whole set, not of the own doing; a hand-over tells by its sheet.

    Whoever was told of that one customer as it was given needs not hear the same again, in fewer words.
    """
    if event.handover_id:
        return
    owner = User.objects.active().filter(pk=event.owner_id).first() if event.owner_id else None
    if owner is None or owner.pk == event.actor_id:
        return
    ids = event.ids_of("customer")
    customer = Customer.objects.visible_to(owner).filter(pk=ids[0]).first() if len(ids) == 1 else None
    if customer is not None and _was_told(owner, customer, event):
        return
    giver = User.objects.filter(pk=event.actor_id).first() or by.user
    with translation.override(owner.language or organisation().language):
        count = ngettext("%(number)s customer", "%(number)s customers", len(ids)) % {"number": len(ids)}
        notify(
            [owner.pk],
            kind=Notification.Kind.ASSIGNMENT,
            text=_("%(who)s handed you %(what)s.") % {"who": giver, "what": customer or count},
            address=reverse("customers:page", args=[customer.pk]) if customer else reverse("customers:list"),
            cause=by.trace,
            by=by,
        )


def _was_told(owner: User, customer: Customer, event: CustomersAssigned) -> bool:
    """Whether somebody told the owner since, as a rule does that says from whom and what was agreed."""
    told = Notification.objects.filter(user=owner, kind=Notification.Kind.ASSIGNMENT)
    since = event.key[1] if event.key else None
    address = reverse("customers:page", args=[customer.pk])
    return since is not None and told.filter(address=address, created_at__gte=since).exists()


@on(UserChangedTeam)
def move_with_the_owner(event: UserChangedTeam, *, by: Actor) -> None:
    """What somebody owns belongs to the team that the person is in now."""
    owner = User.objects.filter(pk=event.user_id).first()
    if owner is not None:
        follow_owner(owner, by=by)


@on(TeamArchived)
def move_to_the_other_team(event: TeamArchived, *, by: Actor) -> None:
    """What belonged to the team and has no owner in it goes along as well."""
    leave_team(event.team_id, into_id=event.into_id, by=by)
