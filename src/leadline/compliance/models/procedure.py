"""A procedure: what has to be known of somebody who deposited, and what was decided (LEA-10)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leadline.compliance.models.items import Item
from leadline.core.history import tracked
from leadline.people.scope import reach

if TYPE_CHECKING:
    from leadline.people.models import User

NOT_IN_HISTORY = ("version", "updated_at", "created_at")


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    """Procedures, seen through the customer that they are about, or through the lead while there is none."""

    def visible_to(self, user: "User", verb: str = "view") -> "ProcedureQuerySet":
        """Those about customers and leads within reach."""
        within = reach(user, "procedure", verb)
        if within.everything:
            return self
        of_customer = within.q("customer__owner", "customer__team", "customer__territory")
        of_lead = within.q("lead__owner", "lead__team", "lead__territory")
        return self.filter(Q(of_customer, customer__isnull=False) | Q(of_lead, customer=None))

    def whole(self) -> "ProcedureQuerySet":
        """With all that they name."""
        return self.select_related("lead__owner", "customer__owner", "decided_by")


@tracked(kind="procedure", leave_out=NOT_IN_HISTORY)
class Procedure(models.Model):
    """What is checked of a lead or customer after the first deposit, and what came of it.

    `state_since` is when it came into its state. `expires_on` is the first day on which something approved
    holds no more.
    """

    class State(models.TextChoices):
        COLLECTING = "collecting", _("Documents wanted")
        REVIEW = "review", _("To be reviewed")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")

    lead = models.OneToOneField("leads.Lead", models.PROTECT, null=True, related_name="procedure")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, null=True, related_name="procedures")
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.COLLECTING)
    state_since = models.DateTimeField(_("In this state since"))
    deposited_at = models.DateTimeField(_("First deposit"), null=True)
    amount = models.DecimalField(_("Deposited"), max_digits=18, decimal_places=4, null=True)
    currency = models.CharField(_("Currency"), max_length=3, blank=True, default="")
    reason = models.CharField(_("Reason"), max_length=500, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("Decided by"), null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("Decided"), null=True)
    expires_on = models.DateField(_("Expires"), null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__isnull=False) | Q(customer__isnull=False),
                name="compliance_procedure_about_somebody",
                violation_error_message=_("A procedure is about a lead or a customer."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "state_since", "id"], name="compliance_by_state"),
            models.Index(fields=["created_at", "id"], name="compliance_by_start"),
            models.Index(
                fields=["expires_on", "id"],
                name="compliance_by_expiry",
                condition=Q(expires_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject(self) -> Any:
        """The customer, or the lead while there is none: whose it is decides who sees it."""
        return self.customer or self.lead

    @property
    def is_decided(self) -> bool:
        """Whether it was approved or declined."""
        return self.state in (self.State.APPROVED, self.State.DECLINED)


class CheckQuerySet(models.QuerySet["Check"]):
    """Checks, seen by whoever sees their procedure."""

    def visible_to(self, user: "User", verb: str = "view") -> "CheckQuerySet":
        """Those of procedures within reach."""
        return self.filter(procedure__in=Procedure.objects.visible_to(user, verb))


@tracked(kind="compliance_check", about=("procedure", "procedure_id"))
class Check(models.Model):
    """One item of one procedure: open, approved until a day, declined with a reason, or expired."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="checks")
    item = models.ForeignKey(Item, models.PROTECT, related_name="checks")
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField(_("Reason"), max_length=500, blank=True, default="")
    expires_on = models.DateField(_("Expires"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("Decided by"), null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("Decided"), null=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "item"],
                name="compliance_check_once",
                violation_error_message=_("This is checked already."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_on"],
                name="compliance_check_expiry",
                condition=Q(state="approved", expires_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.item)

    def is_expired_on(self, today: date) -> bool:
        """Whether its approval holds no more on a day."""
        return self.expires_on is not None and self.expires_on <= today


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, seen by whoever sees their procedure."""

    def visible_to(self, user: "User") -> "DocumentQuerySet":
        """Those of procedures within reach."""
        return self.filter(check_of__procedure__in=Procedure.objects.visible_to(user))

    def current(self) -> "DocumentQuerySet":
        """Without those that were removed."""
        return self.filter(removed_at=None)


@tracked(kind="compliance_document", leave_out=("path",))
class Document(models.Model):
    """A file that proves something, kept outside of what is served. `media_type` is what its bytes say."""

    check_of = models.ForeignKey(Check, models.PROTECT, related_name="documents")
    name = models.CharField(_("Name"), max_length=200)
    path = models.CharField(max_length=300)
    media_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField(_("Size"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(_("Removed"), null=True)

    objects = DocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
