"""The forms by which forms are made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm, SearchedField
from leadline.core.localities import languages
from leadline.governance.models import Channel
from leadline.people.models import User
from leadline.webforms.asking import askable
from leadline.webforms.defining import LONGEST_CONSENT, LONGEST_HELP, LONGEST_LABEL
from leadline.webforms.models import WebForm

BOXES = 3  # rows for consents that the page always offers
ASKED = (("", _("not asked")), ("optional", _("asked")), ("required", _("required")))


class AddForm(ActionForm):
    """How a new form is called, in the house and by visitors."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("In the house; it begins the address of the form.")
    )
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("Visitors read it over the form."))
    language = forms.ChoiceField(label=_("Language"), choices=lambda: list(languages()))

    def clean(self) -> dict[str, Any]:
        """As the action takes it."""
        given = super().clean() or {}
        language, title = given.pop("language", "en"), given.pop("title", "")
        return {**given, "texts": {language: {"title": title}}}


class EditForm(ActionForm):
    """What a form asks and says, in one language: the words in others stay as they are."""

    name = forms.CharField(label=_("Name"), max_length=80)
    title = forms.CharField(label=_("Title"), max_length=120)
    intro = forms.CharField(
        label=_("Introduction"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    button = forms.CharField(label=_("On the button"), max_length=40, required=False)
    thanks = forms.CharField(
        label=_("Thanks"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    redirect = forms.CharField(
        label=_("Leads on to"),
        max_length=500,
        required=False,
        help_text=_("A whole https address; empty: the thanks are shown."),
    )
    source = forms.CharField(label=_("Source"), max_length=100, required=False)
    campaign = forms.CharField(label=_("Campaign"), max_length=100, required=False)
    desk = forms.ChoiceField(label=_("Desk"), choices=WebForm.Desk.choices)
    owner = SearchedField(
        User.objects.none(),
        source="people:options",
        label=_("Owner"),
        required=False,
        help_text=_("Empty: new leads wait to be assigned."),
    )
    tags = forms.CharField(
        label=_("Tags"), max_length=1_000, required=False, help_text=_("with commas between")
    )
    sites = forms.CharField(
        label=_("Sites"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Which may show the form within their pages, one on each line; empty: any."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, found: WebForm, language: str):
        self.found, self.language = found, language
        super().__init__(data, initial=self._initial())
        self.fields["owner"].queryset = User.objects.active().filter(is_system=False)  # type: ignore[attr-defined]
        for place, item in enumerate(askable()):
            self._ask(place, item)
        for place in range(self.boxes):
            self._box(place)

    @property
    def boxes(self) -> int:
        """How many consents the page offers: those that there are, and one more."""
        return max(BOXES, min(6, len(self.found.consents) + 1))

    @property
    def asks(self) -> list[dict[str, Any]]:
        """The rows of what can be asked, what is asked first, in its order."""
        places = {ask["field"]: at for at, ask in enumerate(self.found.asks)}
        rows = [
            {
                "field": item.name,
                "named": item.label,
                **{part: self[f"{part}_{place}"] for part in ("ask", "order", "label", "help")},
            }
            for place, item in enumerate(askable())
        ]
        return sorted(rows, key=lambda row: places.get(row["field"], 1_000))

    @property
    def consent_rows(self) -> list[dict[str, Any]]:
        """The rows of consents."""
        parts = ("channel", "words", "must")
        return [{part: self[f"{part}_{place}"] for part in parts} for place in range(self.boxes)]

    def clean(self) -> dict[str, Any]:
        """As the action takes it: the words of this language put between those of the others."""
        given = super().clean() or self.cleaned_data
        plain = ("name", "redirect", "source", "campaign", "desk", "owner", "version")
        words = {part: given.get(part, "") for part in ("title", "intro", "button", "thanks")}
        return {
            **{name: given.get(name) for name in plain if name in given},
            "texts": {**self.found.texts, self.language: words},
            "asks": self._asked(given),
            "consents": self._consents(given),
            "tags": [each for each in str(given.get("tags", "")).split(",") if each.strip()],
            "sites": str(given.get("sites", "")).split(),
        }

    def _initial(self) -> dict[str, Any]:
        found = self.found
        plain = ("name", "redirect", "source", "campaign", "desk", "owner", "version")
        return {
            **{name: getattr(found, name) for name in plain},
            **found.texts.get(self.language, {}),
            "tags": ", ".join(found.tags),
            "sites": "\n".join(found.sites),
        }

    def _ask(self, place: int, item: Any) -> None:
        at = next((at for at, ask in enumerate(self.found.asks) if ask["field"] == item.name), None)
        ask = self.found.asks[at] if at is not None else {}
        asked = "" if at is None else "required" if ask["required"] else "optional"
        words: dict[str, dict[str, str]] = {part: ask.get(part, {}) for part in ("label", "help")}
        self.fields |= {
            f"ask_{place}": forms.ChoiceField(
                choices=ASKED,
                required=False,
                initial=asked,
                widget=forms.Select(attrs=_named(item, _("asked"))),
            ),
            f"order_{place}": forms.IntegerField(
                required=False,
                min_value=1,
                max_value=99,
                initial=None if at is None else at + 1,
                widget=forms.NumberInput(attrs=_named(item, _("Place"))),
            ),
            f"label_{place}": forms.CharField(
                required=False,
                max_length=LONGEST_LABEL,
                initial=words["label"].get(self.language, ""),
                widget=forms.TextInput(attrs={**_named(item, _("Label")), "placeholder": str(item.label)}),
            ),
            f"help_{place}": forms.CharField(
                required=False,
                max_length=LONGEST_HELP,
                initial=words["help"].get(self.language, ""),
                widget=forms.TextInput(attrs=_named(item, _("Help"))),
            ),
        }

    def _box(self, place: int) -> None:
        box = self.found.consents[place] if place < len(self.found.consents) else {}
        self.fields |= {
            f"channel_{place}": forms.ChoiceField(
                label=_("Channel"),
                required=False,
                choices=[("", _("none")), *Channel.choices],
                initial=box.get("channel", ""),
            ),
            f"words_{place}": forms.CharField(
                label=_("What the visitor consents to"),
                required=False,
                max_length=LONGEST_CONSENT,
                initial=box.get("words", {}).get(self.language, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            f"must_{place}": forms.BooleanField(
                label=_("Must be ticked"), required=False, initial=box.get("required", False)
            ),
        }

    def _asked(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        before = {ask["field"]: ask for ask in self.found.asks}
        rows = []
        for place, item in enumerate(askable()):
            if not given.get(f"ask_{place}"):
                continue
            old = before.get(item.name, {})
            row = {
                "field": item.name,
                "required": given[f"ask_{place}"] == "required",
                "label": {**old.get("label", {}), self.language: given.get(f"label_{place}", "")},
                "help": {**old.get("help", {}), self.language: given.get(f"help_{place}", "")},
            }
            rows.append((given.get(f"order_{place}") or 1_000, place, row))
        return [row for _order, _place, row in sorted(rows, key=lambda each: each[:2])]

    def _consents(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        rows = []
        for place in range(self.boxes):
            if given.get(f"channel_{place}"):
                old = self.found.consents[place]["words"] if place < len(self.found.consents) else {}
                words = {**old, self.language: given.get(f"words_{place}", "")}
                required = bool(given.get(f"must_{place}"))
                rows.append({"channel": given[f"channel_{place}"], "required": required, "words": words})
        return rows


def _named(item: Any, part: Any) -> dict[str, str]:
    return {"aria-label": f"{item.label}: {part}", "class": "input"}
