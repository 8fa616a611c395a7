"""A callback that was agreed with a lead becomes a task about the customer (LEA-5, LEA-9)."""

from collections.abc import Iterable, Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.events import Subject
from leadline.core.organisation import organisation
from leadline.leads.models import Lead
from leadline.people.models import User
from leadline.people.scope import grants_of_many
from leadline.tasks.actions import TaskDraft, add_tasks
from leadline.tasks.models import Task
from leadline.tasks.policies import may_add_tasks


def callbacks_as_tasks(leads: Iterable[Lead], customers: Mapping[int, int], *, by: Actor) -> list[Task]:
    """Make a task of each pending callback, due at its moment by the clock of the lead, its owner's own.

    Where the owner has no tasks (or there is none), it is the actor's. They are written as part of the
    conversion, so that undoing that archives them while the lead has its callback back.
    """
    waiting = [lead for lead in leads if lead.callback_at is not None]
    owners = {lead.pk: lead.owner or by.user for lead in waiting}
    able = _with_tasks({by.user, *owners.values()})
    drafts: dict[bool, list[TaskDraft]] = {True: [], False: []}
    for lead in waiting:
        owner = owners[lead.pk] if owners[lead.pk].pk in able else by.user
        if owner.pk in able:
            drafts[owner.pk == by.user.pk].append(_draft(lead, customers[lead.pk], owner))
    return [task for own, made in drafts.items() if made for task in add_tasks(made, by=_maker(own, by))]


def _with_tasks(people: Iterable[User]) -> set[int]:
    """Those who work here and have tasks."""
    working = {user.pk for user in people if user.is_active and not user.is_system}
    grants = grants_of_many(working)
    return {pk for pk in working if grants[pk].scope("task", "edit") is not None}


def _maker(own: bool, by: Actor) -> Actor:
    """One's own tasks one makes oneself; whoever converts for others need not be allowed to give tasks."""
    if own and may_add_tasks(by.user):
        return by
    return Actor(User.objects.house(), via=by.via, trace=by.trace, change_set=by.change_set)


def _draft(lead: Lead, customer_id: int, owner: User) -> TaskDraft:
    with translation.override(owner.language or organisation().language):
        title = _("Call back: %(name)s") % {"name": lead.name}
    return TaskDraft(
        title=title[:200],
        kind=Task.Kind.CALL,
        owner=owner,
        about=Subject("customer", customer_id),
        due_at=lead.callback_at,
        zone=lead.zone,
    )
