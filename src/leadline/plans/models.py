"""Capabilities: what can be allowed to customers, with what holds without a plan."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.plans.keys import LONGEST
from leadline.plans.provided import PROVIDED


class CapabilityQuerySet(models.QuerySet["Capability"]):
    """Capabilities: everybody reads which there are."""

    def visible_to(self, user: Any) -> CapabilityQuerySet:
        """All of them."""
        return self

    def in_use(self) -> CapabilityQuerySet:
        """Without the retired, by their names."""
        return self.filter(retired_at=None).order_by("name", "pk")


@tracked(
    kind="capability",
    about=("capability", "id"),
    leave_out=("version", "created_at", "updated_at"),
)
class Capability(models.Model):
    """One thing that can be allowed to a customer, with a limit if it is counted (PLN-2).

    `default_limit` is what holds for a customer without a plan; empty is no limit, and of a switch 0 is off,
    1 on. `found_at` is when the platform told of it before anybody had named it here.
    """

    class Kind(models.TextChoices):
        SWITCH = "switch", _("Switch: on or off")
        QUANTITY = "quantity", _("Quantity: how many at one time")
        METERED = "metered", _("Metered: how many in a month")
        LEVEL = "level", _("Level: a number that orders")

    key = models.CharField(_("Key"), max_length=LONGEST, unique=True, db_collation="C")
    name = models.CharField(_("Name"), max_length=LONGEST)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    default_limit = models.DecimalField(
        _("Limit without a plan"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    description = models.CharField(_("Description"), max_length=300, blank=True, default="")
    found_at = models.DateTimeField(_("Found"), null=True)
    retired_at = models.DateTimeField(_("Retired"), null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = CapabilityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(default_limit=None) | models.Q(default_limit__gte=0),
                name="plans_capability_limit",
                violation_error_message=_("A limit is 0 or more; leave it empty for no limit."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name; a provided one that nobody renamed in the reader's language."""
        provided = PROVIDED.get(self.key)
        return gettext(self.name) if provided and provided.name == self.name else self.name

    @property
    def about(self) -> str:
        """The description, in the same way."""
        provided = PROVIDED.get(self.key)
        is_ours = provided and provided.description == self.description
        return gettext(self.description) if is_ours else self.description

    @property
    def kind_word(self) -> str:
        """The kind in a word, without what it means."""
        return str(self.get_kind_display()).partition(":")[0]

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off, and not counted."""
        return self.kind == self.Kind.SWITCH
