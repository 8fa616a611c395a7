"""Forms over customers' verbs; fields of customers and contacts come from the catalogue."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.catalogue_forms import custom_names, default_of, fit_custom, form_for
from leadline.core.fields import catalogue
from leadline.core.forms import ActionForm
from leadline.customers.models import Contact, Customer
from leadline.governance.models import Channel, Contactable, Sensitive
from leadline.people.models import Territory, User
from leadline.timeline.models import Activity

CUSTOMER_FIELDS = (
    "name",
    "email",
    "phone",
    "website",
    "industry",
    "employees",
    "kind",
    "status",
    "tier",
    "desk",
    "territory",
    "tags",
    "address",
    "city",
    "region",
    "postcode",
    "country",
    "language",
    "time_zone",
    "source",
    "parent",
    "customer_since",
    "do_not_call",
    "do_not_email",
    "description",
    "requirements",
)
FIRST_ASKED = ("name", "email", "phone", "website", "industry", "kind", "status", "country", "city")
CONTACT_FIELDS = (
    "name",
    "email",
    "phone",
    "title",
    "department",
    "language",
    "lawful_basis",
    "is_primary",
    "do_not_call",
    "do_not_email",
)


def _hidden() -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off"})


def add_form(user: User, data: Any = None) -> ActionForm:
    """The short form for a new customer, with what it must have; the rest can be filled in later."""
    names = (*FIRST_ASKED, *custom_names("customer", user, required=True))
    initial = {name: default_of("customer", name) for name in names}
    form = form_for("customer", names)(data, initial=initial)
    return fit_custom(form, catalogue("customer"), user)


def customer_fields(user: User) -> tuple[str, ...]:
    """All fields of a customer that a person fills in, custom ones last."""
    return (*CUSTOMER_FIELDS, *custom_names("customer", user))


def edit_form(customer: Customer, user: User, *args: Any, **kwargs: Any) -> ActionForm:
    """All fields of a customer, with the version that was seen."""
    form = form_for("customer", customer_fields(user), versioned=True)(*args, **kwargs)
    return fit_custom(form, catalogue("customer"), user, customer)


def contact_fields(user: User) -> tuple[str, ...]:
    """All fields of a contact that a person fills in, custom ones last."""
    return (*CONTACT_FIELDS, *custom_names("contact", user))


def contact_form(contact: Contact | None, user: User, *args: Any, **kwargs: Any) -> ActionForm:
    """All fields of a contact, with the version that was seen."""
    if contact is None:
        kwargs["initial"] = {name: default_of("contact", name) for name in custom_names("contact", user)}
    form = form_for("contact", contact_fields(user), versioned=True)(*args, **kwargs)
    return fit_custom(form, catalogue("contact"), user, contact)


class OwnerForm(ActionForm):
    """Somebody to hand over to; nobody is a choice too."""

    owner = forms.IntegerField(required=False, label=_("Owner"))


class StatusForm(ActionForm):
    """One of the statuses."""

    status = forms.ChoiceField(label=_("Status"), choices=Customer.Status.choices, widget=forms.RadioSelect)


class BlockForm(ActionForm):
    """A reason for blocking, which must be given (CUS-14)."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever opens this customer reads it."),
    )


class TagForm(ActionForm):
    """Tags to put on and to take off, with commas between."""

    add = forms.CharField(label=_("Tags to put on"), required=False, help_text=_("With commas between."))
    remove = forms.CharField(label=_("Tags to take off"), required=False, help_text=_("With commas between."))

    def clean_add(self) -> list[str]:
        return _words(self.cleaned_data["add"])

    def clean_remove(self) -> list[str]:
        return _words(self.cleaned_data["remove"])


class ConsentForm(ActionForm):
    """What a contact stated, when and where (PPL-8)."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    state = forms.ChoiceField(label=_("Consent"), choices=Contactable.Given.choices, widget=forms.RadioSelect)
    stated_on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("A form, a letter, a call: so that it can be proved.")
    )
    text_version = forms.CharField(
        label=_("Version of the text"),
        max_length=100,
        required=False,
        help_text=_("Which wording was agreed to."),
    )


class SensitiveForm(ActionForm):
    """New values for sensitive fields; what is left empty stays."""

    tax_id = forms.CharField(label=_("Tax id"), max_length=500, required=False, widget=_hidden())
    bank_details = forms.CharField(label=_("Bank details"), max_length=500, required=False, widget=_hidden())
    identity_document = forms.CharField(
        label=_("Identity document"), max_length=500, required=False, widget=_hidden()
    )
    remove = forms.MultipleChoiceField(
        label=_("Remove"),
        choices=Sensitive.Name.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class MoveForm(ActionForm):
    """Another customer for a contact."""

    customer = forms.IntegerField(label=_("Customer"))


class Promising(ActionForm):
    """What may be promised beside what is logged or noted (SIG-10)."""

    promised = forms.CharField(
        label=_("What was promised"),
        required=False,
        max_length=300,
        help_text=_("It stays on the customer's page until it is kept, whoever the owner is."),
    )
    promised_until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class PromiseForm(ActionForm):
    """A promise and its day."""

    text = forms.CharField(label=_("What was promised"), max_length=300)
    due_on = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ActivityForm(Promising):
    """What is asked when something is logged; the time is in the person's zone (TIM-2)."""

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("Description"), required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    duration = forms.IntegerField(
        label=_("Duration (minutes)"), required=False, min_value=0, max_value=10_080
    )
    at = forms.DateTimeField(
        label=_("When"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    contact_id = forms.TypedChoiceField(label=_("Contact"), required=False, coerce=int, empty_value=None)
    follow_up_on = forms.DateField(
        label=_("Follow-up"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, contacts: list[Contact], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in Activity.LOGGED_BY_HAND]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [("", "—"), *_outcomes()]  # type: ignore[attr-defined]
        named = [(contact.pk, contact.name) for contact in contacts]
        self.fields["contact_id"].choices = [("", "—"), *named]  # type: ignore[attr-defined]


class CorrectionForm(ActivityForm):
    """The same over what was logged; `version` is what was seen when typing began (ALL-1)."""

    promised = promised_until = None  # type: ignore[assignment] # a promise is changed where it stands
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


def _outcomes() -> list[Any]:
    Outcome = Activity.Outcome
    general = (Outcome.POSITIVE, Outcome.NEUTRAL, Outcome.NEGATIVE)
    calls = [choice for choice in Outcome if choice not in general]
    return [
        (_("Any activity"), [(choice.value, choice.label) for choice in general]),
        (_("Calls"), [(choice.value, choice.label) for choice in calls]),
    ]


def start_of(activity: Activity, at: datetime) -> dict[str, Any]:
    """What the form over a logged activity starts from; `at` in the person's zone."""
    names = ("kind", "title", "description", "outcome", "duration", "contact_id", "follow_up_on")
    return {**{name: getattr(activity, name) for name in names}, "at": at, "version": activity.version}


class MultipleFileInput(forms.ClearableFileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class NoteForm(Promising):
    """Words in Markdown."""

    body = forms.CharField(
        label=_("Note"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Markdown works: **bold**, lists, links. @name mentions a colleague."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class EditNoteForm(NoteForm):
    """The same over a note that was written."""

    promised = promised_until = None  # type: ignore[assignment]


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


class TerritoryForm(ActionForm):
    """What a territory is called, and who works there."""

    name = forms.CharField(label=_("Name"), max_length=100)
    members = forms.ModelMultipleChoiceField(
        label=_("Members"),
        queryset=User.objects.active().order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Field Sales see what lies in their territories."),
    )

    @classmethod
    def of(cls, territory: Territory) -> "TerritoryForm":
        """The form with what is known of a territory."""
        members = list(territory.memberships.values_list("user_id", flat=True))
        return cls(initial={"name": territory.name, "members": members})


class RulesForm(ActionForm):
    """A condition as JSON, as the page made it."""

    rules = forms.CharField(max_length=100_000, widget=forms.HiddenInput)


class MoveTerritoryForm(ActionForm):
    """A place in the order, from 1."""

    position = forms.IntegerField(min_value=1, max_value=10_000)
