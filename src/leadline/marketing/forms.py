"""Forms about templates and letters."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm
from leadline.core.localities import languages
from leadline.core.organisation import organisation

BODY = forms.Textarea(attrs={"rows": 12})


class TemplateForm(ActionForm):
    """Name, purpose and the text in one language."""

    name = forms.CharField(label=_("Name"), max_length=80)
    purpose = forms.CharField(
        label=_("Purpose"), max_length=300, required=False, help_text=_("When it is the right one to send.")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: str, **more: Any):
        super().__init__(*args, **more)
        self.language = language
        self.fields[f"subject_{language}"] = forms.CharField(
            label=_("Subject"), max_length=200, required=False
        )
        self.fields[f"body_{language}"] = forms.CharField(
            label=_("Text"),
            required=False,
            max_length=20_000,
            widget=BODY,
            help_text=_("Markdown: **bold**, lists with -, links as [words](https://…)."),
        )

    def clean(self) -> dict[str, Any]:
        """The text of the language as the action takes it."""
        cleaned: dict[str, Any] = super().clean() or {}
        subject = cleaned.pop(f"subject_{self.language}", "")
        body = cleaned.pop(f"body_{self.language}", "")
        return {**cleaned, "texts": {self.language: {"subject": subject, "body": body}}}


class WriteForm(ActionForm):
    """A letter to somebody at a customer."""

    to = forms.ChoiceField(label=_("To"))
    template = forms.TypedChoiceField(label=_("Template"), coerce=int, empty_value=None, required=False)
    language = forms.ChoiceField(label=_("Language"))
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=BODY,
        help_text=_("Markdown: **bold**, lists with -, links as [words](https://…)."),
    )
    cause = forms.CharField(max_length=100, widget=forms.HiddenInput)

    def offering(
        self,
        recipients: list[tuple[str, str]],
        templates: list[tuple[int, str]],
        written_in: list[str],
        *,
        address: str,
    ) -> "WriteForm":
        """Offer these people, templates and languages: those of the template, of the house, of the recipient.

        Another choice asks the address for the words that go with it.
        """
        given: Any = self.fields
        for name in ("to", "template", "language"):
            given[name].widget.attrs |= {
                "hx-post": address,
                "hx-trigger": "change",
                "hx-target": "#dialog",
                "hx-swap": "innerHTML",
                "hx-include": "closest form",
                "hx-vals": json.dumps({"fill": name}),
                "hx-disable": "#write-form select",
                "data-stays": True,
            }
        given["to"].choices = recipients
        given["template"].choices = [("", _("Without a template")), *templates]
        named = dict(languages())
        house = [organisation().language, *dict(settings.LANGUAGES)]
        usual = dict.fromkeys([*written_in, *house, str(self["language"].value() or "en")])
        given["language"].choices = [(code, named.get(code, code)) for code in usual]
        return self
