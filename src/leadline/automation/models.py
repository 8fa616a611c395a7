"""Rules, what they did and why, and what they credited to somebody."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.people.scope import reach

IN_FORCE = models.Q(is_on=True, archived_at=None)


class RuleQuerySet(models.QuerySet["Rule"]):
    """Rules, by who may see them and by state."""

    def visible_to(self, user: Any) -> "RuleQuerySet":
        """All of them for whoever sees rules: they are the house's, nobody's own."""
        return self if user.is_system or user.may("automation", "view") else self.none()

    def current(self) -> "RuleQuerySet":
        """Without the archived, in the order in which they are asked."""
        return self.filter(archived_at=None).order_by("position", "pk")

    def in_force(self) -> "RuleQuerySet":
        """Those that are on, in their order."""
        return self.filter(IN_FORCE).order_by("position", "pk")


@tracked(
    kind="automation_rule",
    leave_out=(
        "version",
        "created_at",
        "updated_at",
        "trouble",
        "trouble_at",
        "told_at",
        "ran_until",
        "event",
    ),
)
class Rule(models.Model):
    """When → if → then (PLT-6). Those provided have a `key`.

    `start` says what starts it (`occasions`): an event, a change or a time. `event` repeats the name in the
    ledger under which it is told, empty where it starts otherwise. `happened` is a condition over what
    happened, `where` one over the record that is acted on: its `kind` is lead, customer, or (empty)
    whichever of the two the person is. A time rule has run for all its times up to `ran_until`. `trouble` is
    what went wrong last, in words; `told_at` when somebody was told of it.
    """

    class OncePer(models.TextChoices):
        ALWAYS = "", _("each time")
        HOUR = "hour", _("once an hour")
        DAY = "day", _("once a day")
        WEEK = "week", _("once a week")
        MONTH = "month", _("once in 30 days")
        EVER = "ever", _("once and never again")

    key = models.CharField(max_length=40, blank=True, default="")
    name = models.CharField(_("Name"), max_length=100)
    position = models.PositiveIntegerField(_("Place"), default=0)
    is_on = models.BooleanField(_("On"), default=True)
    start = models.JSONField(_("When"))
    event = models.CharField(max_length=80, blank=True, default="")
    kind = models.CharField(_("Acts on"), max_length=40, blank=True, default="")
    happened = models.JSONField(_("If (what happened)"), default=dict)
    where = models.JSONField(_("If (the record)"), default=dict)
    steps = models.JSONField(_("Then"), default=list)
    once_per = models.CharField(_("At most"), max_length=10, choices=OncePer, blank=True, default="")
    trouble = models.CharField(max_length=300, blank=True, default="")
    trouble_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    ran_until = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Changed by")
    )
    archived_at = models.DateTimeField(_("Archived"), null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = RuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=~models.Q(key=""),
                name="automation_rule_key_once",
                violation_error_message=_("This rule is there already."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name; a provided one that nobody renamed in the reader's language."""
        return gettext(self.name) if self.key else self.name

    @property
    def record(self) -> str:
        """The kind of record it acts on; empty for the customer, else the lead."""
        return self.kind

    @property
    def is_archived(self) -> bool:
        """Whether it was taken out of use; it can be restored."""
        return self.archived_at is not None


class RunQuerySet(models.QuerySet["Run"]):
    """Runs, by who may see them."""

    def visible_to(self, user: Any) -> "RunQuerySet":
        """Those on leads and customers within reach; what is about neither by whoever reaches all leads."""
        if user.is_system:
            return self
        leads, customers = reach(user, "lead", "view"), reach(user, "customer", "view")
        if leads.everything and customers.everything:
            return self
        own = models.Q(lead__isnull=False) & leads.q("lead__owner", "lead__team", "lead__territory")
        theirs = models.Q(customer__isnull=False) & customers.q(
            "customer__owner", "customer__team", "customer__territory"
        )
        return self.filter(own | theirs)


class Run(models.Model):
    """That a rule looked at one thing, why it did something or not, and what (PLT-6).

    `cause` names what started it (`event:9913`, `history:551`, `time:…`), `kind` and `record_id` the thing
    itself: a payment, an event of the platform, a lead. `facts` are the values of what the conditions ask, as
    they were: [label, value]; `did` the steps: {step, words, ok, address}. `depth` counts the runs that led
    to it.
    """

    class State(models.TextChoices):
        DONE = "done", _("Done")
        PARTLY = "partly", _("Partly done")
        FAILED = "failed", _("Failed")
        RETRY = "retry", _("Tried again soon")
        NOT_FIT = "not_fit", _("Did not fit")
        SKIPPED = "skipped", _("Not run")
        STOPPED = "stopped", _("Stopped")

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="runs", db_index=False)
    at = models.DateTimeField()
    cause = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    lead = models.ForeignKey(
        "leads.Lead", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    customer = models.ForeignKey(
        "customers.Customer",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    state = models.CharField(max_length=10, choices=State)
    because = models.CharField(max_length=300, blank=True, default="")
    facts = models.JSONField(default=list)
    did = models.JSONField(default=list)
    depth = models.PositiveSmallIntegerField(default=1)
    tries = models.PositiveSmallIntegerField(default=0)
    change_set_id = models.BigIntegerField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "cause", "kind", "record_id"],
                name="automation_run_once",
                violation_error_message=_("This rule has run for this already."),
            )
        ]
        indexes = [
            models.Index(fields=["rule", "-id"], name="automation_run_of_rule"),
            models.Index(
                fields=["lead", "-id"], name="automation_run_of_lead", condition=models.Q(lead__isnull=False)
            ),
            models.Index(
                fields=["customer", "-id"],
                name="automation_run_of_customer",
                condition=models.Q(customer__isnull=False),
            ),
            models.Index(fields=["at"], name="automation_run_at"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_state_display()}"


class Tally(models.Model):
    """How often a rule looked on a day (of the organisation's zone), and how often it fitted."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="tallies", db_index=False)
    day = models.DateField()
    looked = models.PositiveIntegerField(default=0)
    fitted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "day"],
                name="automation_tally_once",
                violation_error_message=_("A day is counted once."),
            )
        ]


class CreditQuerySet(models.QuerySet["Credit"]):
    """Credits, by who may see them."""

    def visible_to(self, user: Any) -> "CreditQuerySet":
        """One's own, those of the people whose customers one reaches, or all."""
        within = reach(user, "payment", "view")
        return self if user.is_system else self.filter(within.q("user", "user__team", ""))


class Credit(models.Model):
    """A payment that counts for the targets of whose customer or lead it was when it came (PLT-6, PRF-2).

    It stays that person's, whoever owns the customer later.
    """

    payment = models.OneToOneField("platform.Payment", models.CASCADE, related_name="credit")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="credits", verbose_name=_("Account manager")
    )
    amount = models.DecimalField(_("Amount"), max_digits=18, decimal_places=4)
    currency = models.CharField(_("Currency"), max_length=3)
    at = models.DateTimeField(_("When"))
    rule = models.ForeignKey(Rule, models.SET_NULL, null=True, related_name="+")

    objects = CreditQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "at"], name="automation_credit_of_user"),
            models.Index(fields=["at", "id"], name="automation_credit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Followed(models.Model):
    """Up to which entry of the history rules have followed it: one row, locked while one follows."""

    history_id = models.BigIntegerField(default=0)
