"""Tasks, notifications and owners: who is meant, and what they are asked to do."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.automation.steps.case import Case, Outcome
from leadline.automation.steps.registry import Params, Setting, Step, register_step
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.organisation import organisation
from leadline.core.subjects import address_of_subject
from leadline.people.models import User
from leadline.tasks.actions import TaskDraft, add_tasks
from leadline.tasks.models import Task
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification

OWNER, MANAGER, LEAD_MANAGERS, PERSON = "owner", "manager", "lead-managers", "user:"
LONGEST_TITLE = 200


def people_to_choose() -> list[tuple[str, str]]:
    """Roles of people towards a record, then everybody who works here."""
    meant: list[tuple[str, str]] = [
        (OWNER, _("the owner")),
        (MANAGER, _("the owner's manager")),
        (LEAD_MANAGERS, _("a lead manager")),
    ]
    everybody = _everybody().order_by("name", "pk").values_list("pk", "name")
    return meant + [(f"{PERSON}{pk}", name) for pk, name in everybody]


def is_person_to_choose(word: str) -> bool:
    """Whether somebody is among them, without reading all."""
    key = word.removeprefix(PERSON)
    if key == word:
        return word in (OWNER, MANAGER, LEAD_MANAGERS)
    is_key = key.isascii() and key.isdigit() and not key.startswith("0") and len(key) < 19
    return is_key and _everybody().filter(pk=int(key)).exists()


def _everybody() -> QuerySet[User]:
    return User.objects.active().filter(is_system=False)


def person_meant(word: str, owner: User | None) -> User | None:
    """Who is meant for a record of this owner; a lead manager where nobody else is there to do it."""
    if word.startswith(PERSON):
        person = User.objects.active().filter(pk=int(word.removeprefix(PERSON))).first()
    elif word == MANAGER:
        person = owner.team.manager if owner is not None and owner.team is not None else None
    else:
        person = owner if word == OWNER else None
    return person if person is not None and person.is_active else least_busy_manager()


def least_busy_manager() -> User | None:
    """The lead manager with the fewest open tasks, else an administrator; none where there is neither."""
    to_do = Count("tasks", filter=Q(tasks__done_at=None, tasks__archived_at=None))
    for role in ("lead-manager", "administrator"):
        found = User.objects.active().filter(roles__key=role, roles__retired_at=None)
        if person := found.annotate(to_do=to_do).order_by("to_do", "pk").first():
            return person
    return None


def language_of(person: User | None) -> str:
    """In which language somebody is written to."""
    return (person.language if person is not None else "") or organisation().language


WHO = Setting("who", gettext_lazy("For whom"), "choice", people_to_choose, is_person_to_choose, default=OWNER)


def _make_tasks(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    drafts, people = [], []
    for case in cases:
        person = person_meant(params["who"], case.owner)
        language = language_of(person)
        title = " ".join(case.fill(params["title"], language).split())[:LONGEST_TITLE]
        drafts.append(
            TaskDraft(
                title=title,
                description=case.fill(params["description"], language),
                kind=params["kind"],
                priority=params["priority"],
                owner=person,
                about=case.subject,
                due_at=now() + timedelta(hours=params["hours"]),
            )
        )
        people.append(person)
    tasks = add_tasks(drafts, by=by)
    return [
        Outcome(
            _("Made the task “%(title)s” for %(who)s") % {"title": task.title, "who": person or by.user},
            address=reverse("tasks:page", args=[task.pk]),
        )
        for task, person in zip(tasks, people, strict=True)
    ]


def _task_told(shown: Mapping[str, str]) -> str:
    return _("make the task “%(title)s” for %(who)s") % shown


register_step(
    Step(
        "task",
        gettext_lazy("Make a task"),
        "checkbox",
        ("lead", "customer"),
        (
            WHO,
            Setting("title", gettext_lazy("Title"), places=True, longest=LONGEST_TITLE),
            Setting(
                "description",
                gettext_lazy("What to do"),
                "long",
                required=False,
                places=True,
                longest=2000,
            ),
            Setting(
                "kind",
                gettext_lazy("Kind"),
                "choice",
                lambda: Task.Kind.choices,
                default=str(Task.Kind.TO_DO),
            ),
            Setting(
                "priority",
                gettext_lazy("Priority"),
                "choice",
                lambda: Task.Priority.choices,
                default=str(Task.Priority.NORMAL),
            ),
            Setting("hours", gettext_lazy("Due after hours"), "number", default=24, most=8760),
        ),
        _make_tasks,
        _task_told,
    )
)


def _notify(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    outcomes = []
    for case in cases:
        person = person_meant(params["who"], case.owner)
        if person is None:
            outcomes.append(Outcome(_("Nobody is there to be told"), ok=False))
            continue
        notify(
            [person.pk],
            kind=Notification.Kind.REMINDER,
            text=case.fill(params["text"], language_of(person)),
            address=address_of_subject(case.subject.kind, case.subject.id),
            cause=f"{case.run_key}:n"[:60],
            by=by,
        )
        outcomes.append(Outcome(_("Told %(who)s") % {"who": person}))
    return outcomes


register_step(
    Step(
        "notify",
        gettext_lazy("Notify"),
        "bell",
        ("lead", "customer"),
        (WHO, Setting("text", gettext_lazy("Text"), places=True, longest=250)),
        _notify,
        lambda shown: _("tell %(who)s “%(text)s”") % shown,
    )
)
