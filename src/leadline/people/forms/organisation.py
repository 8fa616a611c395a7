"""What holds for the whole organisation."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm
from leadline.core.localities import countries, currencies, time_zones
from leadline.core.organisation import Organisation


class OrganisationForm(ActionForm):
    """Name and defaults, asked in the first run and changed in the settings."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=200)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=countries,
        help_text=_("Phone numbers without a country code are read as numbers of this country."),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=currencies)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zones,
        help_text=_("“Today” and “this month” are those of this zone."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("Each person can choose another one.")
    )


class SettingsForm(OrganisationForm):
    """The same, and the rules that an administrator may switch on."""

    inactive_after_days = forms.IntegerField(
        label=_("Let customers rest after so many days"),
        required=False,
        min_value=7,
        max_value=3650,
        help_text=_(
            "An active customer with whom nobody spoke or wrote for so many days becomes inactive in the"
            " night after. The timeline says that this rule did it. Empty: nobody changes by itself."
        ),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": _("for example 180")}),
    )

    @classmethod
    def of(cls, organisation: Organisation) -> "SettingsForm":
        """The form with what holds now."""
        return cls(initial={name: getattr(organisation, name) for name in cls.base_fields})
