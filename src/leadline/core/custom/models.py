"""Definitions of custom fields, and the column in which their values stand (CUS-21)."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leadline.core.custom.values import PREFIX
from leadline.core.history import tracked

LONGEST_SLUG = 40


class CustomFieldQuerySet(models.QuerySet["CustomField"]):
    """Definitions, by kind of object and state."""

    def visible_to(self, user: Any) -> "CustomFieldQuerySet":
        """All definitions for who manages fields; nobody else reads them, but through the catalogue."""
        return self if user.is_system or user.may("field", "manage") else self.none()

    def in_use(self) -> "CustomFieldQuerySet":
        """Those that were not archived."""
        return self.filter(archived_at=None)


@tracked(kind="customfield", leave_out=("version", "changed_at", "indexed_as"))
class CustomField(models.Model):
    """A field that an administrator made; its name in the catalogue is `x_<slug>`, for good.

    `choices` are `{"key", "label", "retired", "merged_into"}` in their order. Empty `seen_by` and `set_by`
    are everybody; else keys of roles. `sortable` is what is wanted, `indexed_as` what the indexes were built
    of once they are whole: only then lists offer the order.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        LONG_TEXT = "long_text", _("Long text")
        NUMBER = "number", _("Number")
        MONEY = "money", _("Money")
        DATE = "date", _("Date")
        CHOICE = "choice", _("Choice")
        SEVERAL = "several", _("Several choices")
        YES_NO = "yes_no", _("Yes or no")
        USER = "user", _("User")
        LINK = "link", _("Link to a customer")
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        WEBSITE = "website", _("Website")

    WITH_CHOICES = (Kind.CHOICE, Kind.SEVERAL)

    object = models.CharField(_("Object"), max_length=40)
    slug = models.CharField(_("Name"), max_length=LONGEST_SLUG)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    label = models.CharField(_("Label"), max_length=80)
    help = models.CharField(_("Help"), max_length=300, blank=True, default="")
    section = models.CharField(_("Section"), max_length=80, blank=True, default="")
    synonyms = models.JSONField(_("Also called"), default=list, blank=True)
    position = models.PositiveIntegerField(_("Place in the order"), default=0)
    required = models.BooleanField(_("Required"), default=False)
    default = models.JSONField(_("Default"), null=True, blank=True)
    choices = models.JSONField(_("Choices"), default=list, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, blank=True, default="")
    minimum = models.DecimalField(_("Least"), max_digits=30, decimal_places=12, null=True, blank=True)
    maximum = models.DecimalField(_("Most"), max_digits=30, decimal_places=12, null=True, blank=True)
    seen_by = models.JSONField(_("Seen by"), default=list, blank=True)
    set_by = models.JSONField(_("Set by"), default=list, blank=True)
    is_key = models.BooleanField(_("Key of imports"), default=False)
    personal = models.BooleanField(_("Personal"), default=False)
    sortable = models.BooleanField(_("Lists sort by it"), default=False)
    indexed_as = models.CharField(max_length=64, blank=True, default="")
    archived_at = models.DateTimeField(_("Archived"), null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = CustomFieldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object", "slug"],
                name="core_customfield_name_once",
                violation_error_message=_("There is a field of this name."),
            ),
            models.UniqueConstraint(
                "object",
                Lower("label"),
                condition=models.Q(archived_at=None),
                name="core_customfield_label_once",
                violation_error_message=_("There is a field of this label."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> str:
        """Its name in the catalogue, in addresses, files and the API."""
        return f"{PREFIX}{self.slug}"

    @property
    def is_archived(self) -> bool:
        """Whether it was taken out of use; its values stay."""
        return self.archived_at is not None


class CustomStamp(models.Model):
    """One row: another stamp after each change of a definition, so that every process knows of it."""

    stamp = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="core_customstamp_only_one",
                violation_error_message=_("There is only one stamp."),
            )
        ]
