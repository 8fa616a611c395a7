"""Forms over leads' verbs; fields of leads come from the catalogue."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadline.core.catalogue_forms import custom_names, default_of, fit_custom, form_for
from leadline.core.clock import now
from leadline.core.fields import catalogue
from leadline.core.forms import ActionForm
from leadline.customers.queries.duplicates import Likeness
from leadline.leads.actions.converting.choosing import Alike
from leadline.leads.actions.working import OUTCOMES
from leadline.leads.answers import moment_of
from leadline.leads.models import Lead
from leadline.leads.queries.settings import open_stages, reasons_to_choose
from leadline.marketing.models import MailTemplate
from leadline.people.models import User
from leadline.people.scope import grants_of_many, reach
from leadline.timeline.models import Activity

LEAD_FIELDS = (
    "name",
    "company",
    "email",
    "phone",
    "country",
    "language",
    "time_zone",
    "source",
    "campaign",
    "desk",
    "territory",
    "tags",
    "description",
    "lawful_basis",
    "do_not_call",
    "do_not_email",
)
FIRST_ASKED = ("name", "company", "email", "phone", "country", "source", "campaign", "desk")
LOCAL = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def _moment(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateTimeField:
    """A moment on the clock of whoever types it."""
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=LOCAL,
    )


def add_form(user: User, data: Any = None) -> ActionForm:
    """The short form for a new lead, with what it must have; the rest can be filled in later."""
    names = (*FIRST_ASKED, *custom_names("lead", user, required=True))
    initial = {name: default_of("lead", name) for name in names}
    return fit_custom(form_for("lead", names)(data, initial=initial), catalogue("lead"), user)


def lead_fields(user: User) -> tuple[str, ...]:
    """All fields of a lead that a person fills in, custom ones last."""
    return (*LEAD_FIELDS, *custom_names("lead", user))


def edit_form(lead: Lead, user: User, *args: Any, **kwargs: Any) -> ActionForm:
    """All fields of a lead, with the version that was seen."""
    form = form_for("lead", lead_fields(user), versioned=True)(*args, **kwargs)
    return fit_custom(form, catalogue("lead"), user, lead)


class SeenForm(ActionForm):
    """What was seen when the form was opened: who was assigned since is not assigned again (LEA-7)."""

    seen_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **options: Any):
        super().__init__(data, **options)
        self.fields["seen_at"].initial = now().isoformat()

    def clean_seen_at(self) -> str:
        """ISO 8601, or nothing."""
        return str(self.cleaned_data["seen_at"]) if moment_of(self.cleaned_data["seen_at"]) else ""


class OwnerForm(SeenForm):
    """Somebody to assign to; nobody is a choice too."""

    owner = forms.IntegerField(required=False, label=_("Owner"))


class SpreadForm(SeenForm):
    """People among whom leads are spread, the least laden first."""

    wants_user = True
    among = forms.TypedMultipleChoiceField(
        label=_("Spread among"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each lead goes to whoever has the fewest open leads at that moment."),
    )

    def __init__(self, data: Any = None, *, user: Any, **options: Any):
        super().__init__(data, **options)
        choices: Any = self.fields["among"]
        choices.choices = [(each.pk, each.name) for each in people_to_assign(user)]


def people_to_assign(user: User) -> list[User]:
    """To whom this person may assign leads and who may work on them, by name."""
    within = reach(user, "lead", "assign").q(owner="pk", team="team", territory="")
    people = list(User.objects.active().filter(within, is_system=False).order_by("name"))
    grants = grants_of_many(each.pk for each in people)
    return [each for each in people if grants[each.pk].scope("lead", "log")]


class StarForm(ActionForm):
    """Until when a star holds."""

    until = _moment(_("Until"), required=True, help_text=_("Until then they stand in their owners' queues."))

    def __init__(self, data: Any = None, **options: Any):
        super().__init__(data, **options)
        tonight = timezone.localtime(now()).replace(hour=23, minute=59, second=0, microsecond=0)
        if tonight < now() + timedelta(hours=1):
            tonight += timedelta(days=1)
        self.fields["until"].initial = tonight

    def clean_until(self) -> str:
        """ISO 8601 with its zone: a job keeps it so."""
        return str(self.cleaned_data["until"].isoformat())


class StageForm(ActionForm):
    """One of the open stages."""

    stage = forms.TypedChoiceField(
        label=_("Stage"), choices=open_stages, coerce=int, widget=forms.RadioSelect
    )


class ReasonForm(ActionForm):
    """Why a lead is closed."""

    reason = forms.TypedChoiceField(
        label=_("Reason"), choices=reasons_to_choose, coerce=int, widget=forms.RadioSelect
    )


class ActivityForm(ActionForm):
    """What is asked when something is logged on a lead; the time is in the person's zone (TIM-2)."""

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("Description"), required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    duration = forms.IntegerField(
        label=_("Duration (minutes)"), required=False, min_value=0, max_value=10_080
    )
    at = _moment(_("When"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in Activity.LOGGED_BY_HAND]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [("", "—"), *Activity.Outcome.choices]  # type: ignore[attr-defined]


class CorrectionForm(ActivityForm):
    """The same over what was logged; `version` is what was seen when typing began (ALL-1)."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class OutcomeForm(ActionForm):
    """How a call went, and what is agreed (LEA-5)."""

    outcome = forms.ChoiceField(choices=[(each.value, each.label) for each in OUTCOMES])
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    callback_at = forms.CharField(label=_("Callback, by the clock there"), required=False, max_length=30)
    qualified = forms.BooleanField(label=_("Qualified"), required=False)


class NameForm(ActionForm):
    """What a stage or a reason is called."""

    name = forms.CharField(label=_("Name"), max_length=60)


class StageNameForm(NameForm):
    """What a stage is called, and how many leads should stand in it."""

    most = forms.IntegerField(
        label=_("At most"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Told on the board when more leads stand in it; empty for any number."),
    )


class PlaceForm(ActionForm):
    """A place in the order, from 1."""

    to = forms.IntegerField(min_value=1, max_value=10_000)


WEEK = (
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
)


class HoursForm(ActionForm):
    """When people may be called, by their own clocks."""

    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    days = forms.TypedMultipleChoiceField(
        label=_("Days"), choices=WEEK, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )


class LettersForm(ActionForm):
    """Which templates are sent by themselves; empty switches an e-mail off."""

    welcome = forms.TypedChoiceField(
        label=_("On registration"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Once to each lead that registers on the platform or by a form, in its language."),
    )
    reach_you = forms.TypedChoiceField(
        label=_("After a wrong number"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("When somebody presses “Wrong number”; answers go to whoever pressed."),
    )

    def __init__(self, data: Any = None, **options: Any):
        super().__init__(data, **options)
        used = MailTemplate.objects.current().order_by("name", "pk").values_list("pk", "name")
        for name in ("welcome", "reach_you"):
            self.fields[name].choices = [("", _("No e-mail")), *used]  # type: ignore[attr-defined]


NEW = "new"


class ConvertForm(ActionForm):
    """Which customer a lead becomes: a new one, one that it may be already, or another one (LEA-9)."""

    into = forms.ChoiceField(label=_("Customer"), widget=forms.RadioSelect)
    another = forms.IntegerField(label=_("Another customer"), required=False)

    def offering(self, name: str, alike: Sequence[Likeness]) -> "ConvertForm":
        """Offer what is in sight, the surest first, each with its reasons; then a new one of a name."""
        here = [each for each in alike if each.is_visible]
        words = [
            (str(each.customer.pk), f"{each.customer.name} ({each.score} %: {', '.join(each.reasons)})")
            for each in here
        ]
        into: Any = self.fields["into"]
        into.choices = [*words, (NEW, _("A new customer: %(name)s") % {"name": name})]
        into.initial = str(here[0].customer.pk) if here else NEW
        return self


class ConvertManyForm(ActionForm):
    """What is done with leads that may be customers already (LEA-9)."""

    alike = forms.ChoiceField(
        label=_("Where a lead may be a customer already"),
        choices=Alike.choices,
        initial=Alike.LEAVE,
        widget=forms.RadioSelect,
    )
