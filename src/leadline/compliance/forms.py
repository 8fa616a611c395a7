"""Forms of compliance; each carries the answers of one action."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.compliance.models import Check
from leadline.core.forms import ActionForm


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


def _words(label: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class VerdictForm(ActionForm):
    """What is decided on an item."""

    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=[(Check.State.APPROVED, _("Approve")), (Check.State.DECLINED, _("Decline"))],
        widget=forms.RadioSelect,
    )
    expires_on = _day(_("Expires"), help_text=_("Until when it holds; empty for good."))
    reason = _words(_("Reason"), required=False)

    def __init__(self, data: Any = None, *, until: date | None = None, **options: Any):
        super().__init__(data, **options)
        self.fields["expires_on"].initial = until
        self.fields["reason"].help_text = _("Needed to decline.")


class ApproveForm(ActionForm):
    """A remark on approving the whole."""

    reason = _words(_("Remark"), required=False)


class DeclineForm(ActionForm):
    """Why the whole is declined."""

    reason = _words(_("Reason"), required=True)


class FileForm(ActionForm):
    """One document."""

    file = forms.FileField(
        label=_("Document"),
        help_text=_("PDF, JPEG or PNG, at most 15 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )


class ItemForm(ActionForm):
    """One thing to check."""

    name = forms.CharField(label=_("Name"), max_length=60)
    help = forms.CharField(label=_("What is wanted"), required=False, max_length=300)
    needs_document = forms.BooleanField(label=_("Needs a document"), required=False)
    months = forms.IntegerField(
        label=_("Valid for months"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=_("Proposed when it is approved; empty for good."),
    )
