"""Forms about segments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm
from leadline.segments.fields import segments_to_choose
from leadline.segments.models import Segment
from leadline.segments.policies import may_edit_segment, may_share_segment


class SegmentForm(ActionForm):
    """What a segment is called, and who sees it; kind and rule come beside it."""

    name = forms.CharField(label=_("Name"), max_length=80)
    description = forms.CharField(
        label=_("Description"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    visibility = forms.ChoiceField(
        label=_("Shown to"), choices=Segment.Visibility.choices, widget=forms.RadioSelect
    )

    def limit_to(self, user: Any, segment: Segment | None = None) -> "SegmentForm":
        """Offer only what the person's role shares."""
        shown: Any = self.fields["visibility"]
        now = {segment.visibility} if segment else set()
        shown.choices = [
            (key, label)
            for key, label in Segment.Visibility.choices
            if may_share_segment(user, key) or key in now
        ]
        return self


class ArchiveForm(ActionForm):
    """Archive although it is used."""

    anyway = forms.BooleanField(label=_("Archive it all the same"), required=False)


class PickForm(ActionForm):
    """A static segment, by its number; a list offers those that the person may change."""

    segment = forms.IntegerField(
        label=_("Segment"),
        min_value=1,
        error_messages={"required": _("Choose a segment."), "invalid": _("Choose a segment.")},
    )


def pickable(user: Any, kind: str) -> list[tuple[int, str]]:
    """The static segments into which a person may put records, by name."""
    seen = dict(segments_to_choose(kind, user))
    rows = Segment.objects.filter(pk__in=seen, is_dynamic=False).select_related("owner")
    return [(row.pk, row.name) for row in rows.of_kind(kind) if may_edit_segment(user, row)]
