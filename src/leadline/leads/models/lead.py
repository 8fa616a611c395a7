"""A lead: a person or company that might buy (LEA-1)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.clock import now, zone_of
from leadline.core.custom.values import CustomValues
from leadline.core.history import tracked
from leadline.core.organisation import organisation
from leadline.customers.models import Contact, Customer, SortKey
from leadline.governance.models import Contactable
from leadline.leads.models.bands import Band, score_bands
from leadline.leads.models.settings import CallingHours, Reason, Stage
from leadline.people.scope import reach

if TYPE_CHECKING:
    from leadline.people.models import User

# Lists show what is not archived; an index of just that is smaller, and the planner trusts it.
CURRENT = models.Q(archived_at=None)
IN_A_TERRITORY = models.Q(territory__isnull=False)
CONVERTED = models.Q(converted_to__isnull=False)
NOT_IN_HISTORY = ("version", "updated_at", "created_at", "name_key", "zone", "assigned_at", "erased_at")


class LeadQuerySet(models.QuerySet["Lead"]):
    """Leads, by who may see them and by state."""

    def visible_to(self, user: "User", verb: str = "view") -> "LeadQuerySet":
        """Those on which the person may do the verb: own, the team's, the territory's, or all (PPL-4)."""
        return self.filter(reach(user, "lead", verb).q())

    def current(self) -> "LeadQuerySet":
        """Without the archived."""
        return self.filter(archived_at=None)

    def open(self) -> "LeadQuerySet":
        """Neither closed nor archived: what somebody works on."""
        return self.current().filter(stage__kind=Stage.Kind.OPEN)


@tracked(kind="lead", about=("lead", "id"), leave_out=NOT_IN_HISTORY)
class Lead(Contactable):
    """A person or company that might buy; it has no deals (LEA-1).

    `name_key` is the folded name for sorting. `time_zone` is the one that somebody set; `zone` is what holds:
    that one, else the phone's, else the country's where it has but one, else none is known. A star is the
    manager's release: until `starred_until` the lead stands in its owner's queue (LEA-6). `callback_at` is
    the moment that was agreed or proposed. `bad_number` says that somebody else answered.
    """

    Desk = Customer.Desk

    name = models.CharField(max_length=200)
    name_key = SortKey()
    company = models.CharField(max_length=200, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=60, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    time_zone = models.CharField(max_length=64, blank=True, default="")
    zone = models.CharField(max_length=64, blank=True, default="")
    source = models.CharField(max_length=100, blank=True, default="")
    campaign = models.CharField(max_length=100, blank=True, default="")
    desk = models.CharField(max_length=20, choices=Customer.Desk, default=Customer.Desk.CONVERSION)
    description = models.TextField(blank=True, default="")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="leads", db_index=False)
    stage_since = models.DateTimeField()
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, related_name="leads", db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="leads", db_index=False
    )
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, related_name="leads", db_index=False)
    territory = models.ForeignKey(
        "people.Territory", models.PROTECT, null=True, related_name="leads", db_index=False
    )
    assigned_at = models.DateTimeField(_("Assigned"), null=True)
    starred_at = models.DateTimeField(_("Starred"), null=True)
    starred_until = models.DateTimeField(_("Starred until"), null=True)
    starred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("Starred by"),
        null=True,
        related_name="+",
        db_index=False,
    )
    callback_at = models.DateTimeField(_("Callback"), null=True)
    bad_number = models.BooleanField(_("Wrong number"), default=False)
    tags = ArrayField(models.CharField(max_length=50), default=list)
    unclear = ArrayField(models.CharField(max_length=20), default=list)
    custom = CustomValues()
    converted_to = models.ForeignKey(
        Customer,
        models.PROTECT,
        verbose_name=_("Converted to"),
        null=True,
        related_name="leads",
        db_index=False,
    )
    converted_contact = models.ForeignKey(
        Contact,
        models.PROTECT,
        verbose_name=_("Converted to the contact"),
        null=True,
        related_name="leads",
        db_index=False,
    )
    converted_at = models.DateTimeField(_("Converted"), null=True)
    registered_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = LeadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starred_until=None)
                | models.Q(starred_at__isnull=False, starred_by__isnull=False),
                name="leads_lead_star_has_a_giver",
                violation_error_message=_("A star is given by somebody."),
            )
        ]
        indexes = [
            models.Index(
                fields=["id"], name="leads_retention", condition=models.Q(archived_at=None, desk="retention")
            ),
            models.Index(fields=["name_key", "id"], name="leads_all_name", condition=CURRENT),
            models.Index(
                fields=["owner", "name_key", "id"],
                include=["team"],
                name="leads_owner_name",
                condition=CURRENT,
            ),
            models.Index(fields=["team", "name_key", "id"], name="leads_team_name", condition=CURRENT),
            models.Index(
                fields=["territory", "name_key", "id"],
                name="leads_territory_name",
                condition=CURRENT & IN_A_TERRITORY,
            ),
            models.Index(
                fields=["registered_at", "id"],
                include=["stage", "owner"],  # figures over months read nothing else
                name="leads_registered_all",
                condition=CURRENT,
            ),
            models.Index(
                fields=["owner", "registered_at", "id"],
                include=["team"],
                name="leads_owner_registered",
                condition=CURRENT,
            ),
            models.Index(
                fields=["team", "registered_at", "id"],
                include=["stage", "desk"],  # a desk's old leads are counted by it alone
                name="leads_team_arrived",
                condition=CURRENT,
            ),
            models.Index(
                fields=["territory", "registered_at", "id"],
                name="leads_territory_registered",
                condition=CURRENT & IN_A_TERRITORY,
            ),
            models.Index(OpClass("email", "text_pattern_ops"), name="leads_email"),
            models.Index(OpClass("phone", "text_pattern_ops"), name="leads_phone"),
            models.Index(fields=["stage", "stage_since", "id"], name="leads_all_stage", condition=CURRENT),
            models.Index(
                fields=["owner", "stage", "stage_since", "id"],
                include=["team"],
                name="leads_owner_stage",
                condition=CURRENT,
            ),
            models.Index(
                fields=["team", "stage", "stage_since", "id"], name="leads_team_stage", condition=CURRENT
            ),
            models.Index(
                fields=["territory", "stage", "stage_since", "id"],
                name="leads_territory_stage",
                condition=CURRENT & IN_A_TERRITORY,
            ),
            GinIndex(fields=["tags"], name="leads_by_tag"),
            models.Index(fields=["converted_to"], name="leads_converted_to", condition=CONVERTED),
            models.Index(fields=["converted_contact"], name="leads_converted_contact", condition=CONVERTED),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_archived(self) -> bool:
        """Whether it was taken out of the daily lists; it can be restored."""
        return self.archived_at is not None

    @property
    def is_erased(self) -> bool:
        """Whether the person was erased, for good."""
        return self.erased_at is not None

    @property
    def is_open(self) -> bool:
        """Whether somebody works on it."""
        return self.stage.is_open

    @property
    def is_converted(self) -> bool:
        """Whether it became a customer."""
        return self.converted_to_id is not None

    @property
    def stage_kind(self) -> str:
        """Open, won or lost."""
        return self.stage.kind

    @property
    def score_band(self) -> Band | None:
        """How promising it is, in a word; none while it has no score."""
        return score_bands().band_of(self.pulse.score)

    @property
    def is_starred(self) -> bool:
        """Whether a manager's star releases it now."""
        return self.starred_until is not None and self.starred_until > now()

    @property
    def is_callable_now(self) -> bool:
        """Whether it is a time to call by the clock there; by ours where no zone is known."""
        hours = CallingHours.objects.order_by("pk").first() or CallingHours()
        return hours.hold(now().astimezone(zone_of(self.zone or organisation().time_zone)))

    @property
    def age(self) -> float:
        """For how long it has been a lead, in minutes."""
        return (now() - self.registered_at).total_seconds() / 60

    @property
    def contacted_within(self) -> float | None:
        """How long it took from registration to the first contact, in minutes; 0 where that came before."""
        first = self.pulse.first_contact_at
        return max((first - self.registered_at).total_seconds() / 60, 0) if first else None

    @property
    def is_callback_due(self) -> bool:
        """Whether the moment of the callback has come."""
        return self.callback_at is not None and self.callback_at <= now()
