"""What is checked, as an administrator sets it."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked


class ItemQuerySet(models.QuerySet):
    """Items, in their order."""

    def visible_to(self, user: Any) -> "ItemQuerySet":
        """All of them: everybody reads what is checked."""
        return self

    def in_use(self) -> "ItemQuerySet":
        """Without the retired, in order."""
        return self.filter(retired_at=None).order_by("position", "pk")


@tracked(kind="compliance_item")
class Item(models.Model):
    """One thing to check (LEA-10); those provided have a `key`. Approvals hold for `months`, or for good."""

    key = models.CharField(max_length=20, blank=True, default="")
    name = models.CharField(_("Name"), max_length=60)
    help = models.CharField(_("What is wanted"), max_length=300, blank=True, default="")
    needs_document = models.BooleanField(_("Needs a document"), default=True)
    months = models.PositiveSmallIntegerField(_("Valid for months"), null=True, blank=True)
    position = models.PositiveIntegerField(_("Place"), default=0)
    retired_at = models.DateTimeField(_("Retired"), null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="compliance_item_name_once",
                violation_error_message=_("There is an item of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name; a provided one that nobody renamed in the reader's language."""
        return gettext(self.name) if self.key else self.name

    @property
    def wanted(self) -> str:
        """What is wanted, likewise."""
        return gettext(self.help) if self.key and self.help else self.help


# Key, name, what is wanted, whether it needs a document, for how many months an approval holds.
ITEMS = (
    ("identity", "Identity", "A passport, identity card or driving licence that is valid.", True, 60),
    (
        "address",
        "Address",
        "A bill or a bank statement with name and address, not older than 3 months.",
        True,
        12,
    ),
    (
        "funds",
        "Source of funds",
        "Where the money comes from: payslips, accounts, a contract of sale.",
        True,
        24,
    ),
    ("risk", "Risk", "Sanctions, public office, countries and unusual payments were looked at.", False, 12),
)
_SAID = (
    _("Identity"),
    _("Address"),
    _("Source of funds"),
    _("Risk"),
    _("A passport, identity card or driving licence that is valid."),
    _("A bill or a bank statement with name and address, not older than 3 months."),
    _("Where the money comes from: payslips, accounts, a contract of sale."),
    _("Sanctions, public office, countries and unusual payments were looked at."),
)
