"""Forms over the verbs of tasks. Times are those of the person's clocks, unless another zone is said."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.core.catalogue_forms import SOURCES
from leadline.core.events import Subject
from leadline.core.fields import catalogue
from leadline.core.forms import ActionForm, SearchedField
from leadline.core.ids import numeric_id
from leadline.core.subjects import subjects_with_pages, visible_subjects
from leadline.people.models import User
from leadline.tasks.actions.checking import is_of_our_time
from leadline.tasks.models import Task
from leadline.tasks.times import clock_of, moment_of

BEFORE = (0, 10, 30, 60, 60 * 24)
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class TaskForm(ActionForm):
    """All of a task. A day without a time is a whole day; the record that it is about is searched by name."""

    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Task.Kind.choices, initial=Task.Kind.TO_DO)
    priority = forms.ChoiceField(
        label=gettext_lazy("Priority"), choices=Task.Priority.choices, initial=Task.Priority.NORMAL
    )
    day = forms.DateField(label=gettext_lazy("Due day"), required=False, widget=DAY)
    time = forms.TimeField(label=gettext_lazy("Time"), required=False, widget=TIME)
    remind_before = forms.TypedChoiceField(
        label=gettext_lazy("Reminder"), required=False, coerce=int, empty_value=None
    )
    repeats = forms.ChoiceField(label=gettext_lazy("Repeats"), required=False)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, task: Task | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user, self.task = user, task
        self.zone = task.zone if task else timezone.get_current_timezone_name()
        self.fields["remind_before"].choices = [("", _("None")), *_befores(task)]  # type: ignore[attr-defined]
        self.fields["repeats"].choices = [("", _("Never")), *Task.Repeats.choices]  # type: ignore[attr-defined]
        for each in self.kinds_about():
            self.fields[f"about_{each}"] = SearchedField(
                visible_subjects(each, user),
                source=SOURCES[each],
                label=_("About: %(kind)s") % {"kind": catalogue(each).label},
                required=False,
            )
        if task is None and user.may("task", "assign"):
            owners = User.objects.active()
            self.fields["owner"] = SearchedField(
                owners, source="people:options", label=_("Owner"), required=False
            )

    @staticmethod
    def kinds_about() -> list[str]:
        """The kinds of records that can be searched for here."""
        return [each.kind for each in subjects_with_pages() if each.kind in SOURCES]

    @property
    def abouts(self) -> list[forms.BoundField]:
        """The fields that name what it is about."""
        return [self[f"about_{each}"] for each in self.kinds_about()]

    def clean(self) -> dict[str, Any]:
        """The answers as the actions take them."""
        given = super().clean() or self.cleaned_data
        day, at = given.pop("day", None), given.pop("time", None)
        if at and not day and "day" not in self.errors:
            self.add_error("day", _("Give the day, too."))
        if day and not is_of_our_time(day):
            self.add_error("day", _("Give a day between 1990 and 2100."))
            day = None
        given["due_on"] = day if day and not at else None
        given["due_at"] = moment_of(day, at, self.zone) if day and at else None
        if self.task is not None and _as_it_was(self.task, given):
            del given["due_on"], given["due_at"]
        given["about"] = self._about(given)
        if self.task is None:
            del given["version"]
            given["zone"] = self.zone if at else ""
        return given

    def _about(self, given: dict[str, Any]) -> Subject | None:
        chosen = [(each, given.pop(f"about_{each}", None)) for each in self.kinds_about()]
        named = [Subject(kind, record.pk) for kind, record in chosen if record is not None]
        if len(named) > 1:
            self.add_error(f"about_{named[1].kind}", _("A task is about one record."))
        return named[0] if named else None

    @staticmethod
    def start_of(task: Task) -> dict[str, Any]:
        """The answers as they are."""
        day, at = clock_of(task.due_at, task.zone) if task.due_at else (None, None)
        about = {f"about_{task.about_kind}": task.about_id} if task.about_kind else {}
        return {
            "title": task.title,
            "kind": task.kind,
            "priority": task.priority,
            "day": task.due_on or day,
            "time": None if task.due_on else at,
            "remind_before": task.remind_before,
            "repeats": task.repeats,
            "description": task.description,
            "version": task.version,
            **about,
        }


class QuickForm(ActionForm):
    """One line; `about` is a kind and a key with a dot between (`customer.7`)."""

    line = forms.CharField(label=gettext_lazy("New task"), max_length=300)
    about = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean_about(self) -> Subject | None:
        """The record; one that can be none is refused by the action."""
        kind, _dot, key = str(self.cleaned_data["about"]).partition(".")
        return Subject(kind, numeric_id(key) or 0) if kind else None


class FinishForm(ActionForm):
    """What came of it."""

    outcome = forms.CharField(label=gettext_lazy("Outcome"), required=False, max_length=500)


class SnoozeForm(ActionForm):
    """Until when: a moment that a button names, or one that is picked."""

    until = forms.CharField(required=False, max_length=40)
    pick = forms.DateTimeField(label=gettext_lazy("Another time"), required=False, widget=MOMENT)

    def clean(self) -> dict[str, Any]:
        """The moment."""
        given = super().clean() or self.cleaned_data
        picked = given.pop("pick", None)
        try:
            until = datetime.fromisoformat(given.get("until") or "")
        except ValueError:
            until = None
        if until is not None and until.tzinfo is None:
            until = None
        found = until or picked
        if found is None and not self.errors:
            self.add_error("pick", _("Say until when."))
        return {"until": found}


class BulkSnoozeForm(SnoozeForm):
    """The same for many: a job keeps the moment as text."""

    def clean(self) -> dict[str, Any]:
        """The moment, written."""
        until = super().clean()["until"]
        return {"until": until.isoformat() if until else ""}


class AssignForm(ActionForm):
    """To whom: the number of somebody."""

    owner = forms.IntegerField(
        label=gettext_lazy("Owner"), error_messages={"required": gettext_lazy("Say to whom.")}
    )


class PriorityForm(ActionForm):
    """How urgent."""

    priority = forms.ChoiceField(
        label=gettext_lazy("Priority"), choices=Task.Priority.choices, widget=forms.RadioSelect
    )


def _befores(task: Task | None) -> list[tuple[int, str]]:
    known = sorted({*BEFORE, *([task.remind_before] if task and task.remind_before is not None else [])})
    return [(minutes, before_in_words(minutes)) for minutes in known]


def before_in_words(minutes: int) -> str:
    """How long before it is due a reminder comes."""
    if not minutes:
        return _("When it is due")
    if minutes % 1440 == 0:
        words = ngettext("%(n)s day before", "%(n)s days before", minutes // 1440)
        return words % {"n": minutes // 1440}
    if minutes % 60 == 0:
        return ngettext("%(n)s hour before", "%(n)s hours before", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)s minute before", "%(n)s minutes before", minutes) % {"n": minutes}


def _as_it_was(task: Task, given: dict[str, Any]) -> bool:
    """Whether the day and time are those that the task has, to the minute that a form shows."""
    due_at: datetime | None = given["due_at"]
    if task.due_on or due_at is None or task.due_at is None:
        return bool(
            task.due_on == given["due_on"]
            and (task.due_at is None) == (given["due_on"] is None and due_at is None)
        )
    return abs(task.due_at - due_at) < timedelta(minutes=1)
