"""Customers, their contacts, and the narrow side table of what changes often."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.custom.values import CustomValues
from leadline.core.history import tracked
from leadline.customers.likeness.models import LikenessRule
from leadline.governance.models import Contactable
from leadline.people.scope import reach

if TYPE_CHECKING:
    from leadline.people.models import User

__all__ = ["CURRENT", "Contact", "Customer", "LikenessRule", "Pulse"]

# A manager's list is that of the teams, then what is one's own outside of them: so the owner's indexes hold
# the team beside the order, and what is in the teams is passed over without a look at its rows.
# Lists show what is not archived; an index of just that is smaller, and the planner trusts it.
CURRENT = models.Q(archived_at=None)
# Customers without a territory or a team stand in no index of these: there may be a million.
IN_A_TERRITORY = models.Q(territory__isnull=False)
OF_A_TEAM = CURRENT & models.Q(team__isnull=False)
MERGED = models.Q(merged_into__isnull=False)
NOT_IN_HISTORY = ("version", "updated_at", "created_at", "name_key", "erased_at")


class SortKey(models.CharField):
    """Folded text, compared byte by byte, so that every server sorts alike."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.update(max_length=200, db_collation="C")
        super().__init__(*args, **kwargs)


class CustomerQuerySet(models.QuerySet["Customer"]):
    """Customers, by who may see them and by state."""

    def visible_to(self, user: "User", verb: str = "view") -> "CustomerQuerySet":
        """Those on which the person may do the verb: own, the team's, the territory's, or all (PPL-4)."""
        return self.filter(reach(user, "customer", verb).q())

    def current(self) -> "CustomerQuerySet":
        """Without the archived."""
        return self.filter(archived_at=None)


@tracked(kind="customer", about=("customer", "id"), leave_out=NOT_IN_HISTORY)
class Customer(models.Model):
    """A company or a person with a business relationship (CUS-1).

    `name_key` is the folded name for sorting. `unclear` names the fields that are kept as typed because
    they could not be understood (CUS-2). Blocking is a state beside the status (CUS-14). `territory_by_hand`
    keeps a territory that somebody chose against the rules. `merged_into` is the customer that this one
    turned out to be (CUS-23).
    """

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("Individual")
        DEALER = "dealer", _("Dealer")
        ENTERPRISE = "enterprise", _("Enterprise")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        INACTIVE = "inactive", _("Inactive")
        PROSPECT = "prospect", _("Prospect")
        CHURNED = "churned", _("Churned")

    class Tier(models.IntegerChoices):
        STRATEGIC = 1, _("1 Strategic")
        KEY = 2, _("2 Key")
        STANDARD = 3, _("3 Standard")

    class Desk(models.TextChoices):
        CONVERSION = "conversion", _("Conversion")
        RETENTION = "retention", _("Retention")
        UPSELL = "upsell", _("Upsell")

    name = models.CharField(max_length=200)
    name_key = SortKey()
    email = models.CharField(max_length=254)
    phone = models.CharField(max_length=60, blank=True, default="")
    website = models.CharField(max_length=300, blank=True, default="")
    industry = models.CharField(max_length=100, blank=True, default="")
    employees = models.PositiveIntegerField(null=True)
    description = models.TextField(blank=True, default="")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ENTERPRISE)
    status = models.CharField(max_length=20, choices=Status, default=Status.PROSPECT)
    tier = models.PositiveSmallIntegerField(choices=Tier, default=Tier.STANDARD)
    desk = models.CharField(max_length=20, choices=Desk, blank=True, default="")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="customers", db_index=False
    )
    # That of the owner, which the database has checked; `leadline check` looks for it.
    team = models.ForeignKey(
        "people.Team",
        models.PROTECT,
        null=True,
        related_name="customers",
        db_index=False,
        db_constraint=False,
    )
    territory = models.ForeignKey(
        "people.Territory", models.PROTECT, null=True, related_name="customers", db_index=False
    )
    territory_by_hand = models.BooleanField(_("Territory chosen by hand"), default=False, db_default=False)
    tags = ArrayField(models.CharField(max_length=50), default=list)
    language = models.CharField(max_length=8, blank=True, default="")
    time_zone = models.CharField(max_length=64, blank=True, default="")
    requirements = models.TextField(blank=True, default="")
    source = models.CharField(max_length=100, blank=True, default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", db_index=False)
    customer_since = models.DateField(null=True)
    address = models.CharField(max_length=300, blank=True, default="")
    city = models.CharField(max_length=100, blank=True, default="")
    region = models.CharField(max_length=100, blank=True, default="")
    postcode = models.CharField(max_length=20, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    unclear = ArrayField(models.CharField(max_length=20), default=list)
    do_not_call = models.BooleanField(default=False, db_default=False)
    do_not_email = models.BooleanField(default=False, db_default=False)
    custom = CustomValues()
    blocked_at = models.DateTimeField(null=True)
    blocked_reason = models.CharField(max_length=500, blank=True, default="")
    archived_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("Merged into"),
        null=True,
        related_name="merged",
        db_index=False,
    )
    erased_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(blocked_at=None) | ~models.Q(blocked_reason=""),
                name="customers_customer_block_has_reason",
                violation_error_message=_("Give the reason for blocking."),
            ),
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")),
                name="customers_customer_not_own_parent",
                violation_error_message=_("A customer can't belong to itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["name_key", "id"], name="customers_all_name", condition=CURRENT),
            models.Index(
                fields=["owner", "name_key", "id"],
                include=["team"],
                name="customers_owner_by_name",
                condition=CURRENT,
            ),
            models.Index(
                fields=["team", "name_key", "id"], name="customers_of_team_name", condition=OF_A_TEAM
            ),
            models.Index(
                fields=["territory", "created_at", "id"],
                name="customers_territory_created",
                condition=CURRENT & IN_A_TERRITORY,
            ),
            models.Index(
                fields=["territory", "name_key", "id"],
                name="customers_territory_name",
                condition=CURRENT & IN_A_TERRITORY,
            ),
            models.Index(fields=["created_at", "id"], name="customers_all_created", condition=CURRENT),
            models.Index(
                fields=["owner", "created_at", "id"],
                include=["team"],
                name="customers_owner_created",
                condition=CURRENT,
            ),
            models.Index(
                fields=["team", "created_at", "id"], name="customers_of_team_created", condition=OF_A_TEAM
            ),
            models.Index(OpClass("email", "text_pattern_ops"), name="customers_email"),
            models.Index(OpClass("phone", "text_pattern_ops"), name="customers_phone"),
            models.Index(fields=["parent"], name="customers_parent", condition=~models.Q(parent=None)),
            models.Index(fields=["merged_into"], name="customers_merged", condition=MERGED),
            models.Index(fields=["id"], name="customers_erased", condition=models.Q(erased_at__isnull=False)),
            GinIndex(fields=["tags"], name="customers_tags"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_blocked(self) -> bool:
        """Whether outgoing messages and new deals are stopped."""
        return self.blocked_at is not None

    @property
    def is_archived(self) -> bool:
        """Whether it was taken out of the daily lists; it can be restored."""
        return self.archived_at is not None

    @property
    def is_merged(self) -> bool:
        """Whether it became part of another one, and comes back only as that is undone."""
        return self.merged_into_id is not None

    @property
    def is_erased(self) -> bool:
        """Whether the person was erased, for good."""
        return self.erased_at is not None


class Pulse(models.Model):
    """What changes often about a customer, beside the wide row: 7 times cheaper to write.

    Owner, team and territory stand here again so that "last interaction" sorts by an index in each scope.
    `owner_since` is when the present owner got it, by hand, by rules, or back by an undoing; empty without an
    owner, and where that was before it was kept.
    """

    # Written with its customer, and no customer is ever deleted: `leadline check` looks, not each insert.
    customer = models.OneToOneField(
        Customer, models.CASCADE, primary_key=True, related_name="pulse", db_constraint=False
    )
    owner_id = models.BigIntegerField(null=True)
    owner_since = models.DateTimeField(null=True)
    team_id = models.BigIntegerField(null=True)
    territory_id = models.BigIntegerField(null=True)
    last_interaction_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["last_interaction_at", "customer"], name="customers_pulse_all"),
            models.Index(
                fields=["owner_id", "last_interaction_at", "customer"],
                include=["team_id"],
                name="customers_pulse_own",
            ),
            models.Index(
                fields=["team_id", "last_interaction_at", "customer"],
                name="customers_pulse_of_team",
                condition=models.Q(team_id__isnull=False),
            ),
            models.Index(
                fields=["territory_id", "last_interaction_at", "customer"],
                name="customers_pulse_territory",
                condition=models.Q(territory_id__isnull=False),
            ),
        ]


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts, seen by whoever sees their customer."""

    def visible_to(self, user: "User") -> "ContactQuerySet":
        """Contacts of the customers that the person sees."""
        within = reach(user, "customer", "view")
        return self.filter(within.q("customer__owner", "customer__team", "customer__territory"))

    def current(self) -> "ContactQuerySet":
        """Without the archived."""
        return self.filter(archived_at=None)


@tracked(kind="contact", about=("customer", "customer_id"), leave_out=NOT_IN_HISTORY)
class Contact(Contactable):
    """A person at a customer (CUS-11); just one of a customer's contacts is the primary."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="contacts", db_index=False)
    name = models.CharField(max_length=200)
    name_key = SortKey()
    email = models.CharField(max_length=254)
    phone = models.CharField(max_length=60, blank=True, default="")
    title = models.CharField(max_length=100, blank=True, default="")
    department = models.CharField(max_length=100, blank=True, default="")
    is_primary = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True, default="")
    unclear = ArrayField(models.CharField(max_length=20), default=list)
    custom = CustomValues()
    archived_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("Merged into"),
        null=True,
        related_name="merged",
        db_index=False,
    )
    erased_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=models.Q(is_primary=True, archived_at=None),
                name="customers_contact_one_primary",
                violation_error_message=_("This customer has a primary contact already."),
            )
        ]
        indexes = [
            models.Index(fields=["customer", "name_key"], name="customers_contact_customer"),
            models.Index(OpClass("email", "text_pattern_ops"), name="customers_contact_email"),
            models.Index(fields=["name_key", "id"], name="customers_contact_name"),
            models.Index(fields=["merged_into"], name="customers_contact_merged", condition=MERGED),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_merged(self) -> bool:
        """Whether it became part of another one, and comes back only as that is undone."""
        return self.merged_into_id is not None

    @property
    def is_erased(self) -> bool:
        """Whether the person was erased, for good."""
        return self.erased_at is not None


class ExternalId(models.Model):
    """By what another system knows a record: its name there, once per system (CUS-20)."""

    system = models.CharField(max_length=100)
    value = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.system}:{self.value}"


class CustomerExternalIdQuerySet(models.QuerySet["CustomerExternalId"]):
    """External ids of customers, seen by whoever sees the customer."""

    def visible_to(self, user: "User") -> "CustomerExternalIdQuerySet":
        """Those of the customers that the person sees."""
        within = reach(user, "customer", "view")
        return self.filter(within.q("customer__owner", "customer__team", "customer__territory"))


@tracked(kind="customer_external_id", about=("customer", "customer_id"), removed_by_undo=True)
class CustomerExternalId(ExternalId):
    """By what another system knows a customer."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="external_ids")

    objects = CustomerExternalIdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["value", "system"],
                name="customers_external_id_once",
                violation_error_message=_("Another customer has this external id."),
            )
        ]


class ContactExternalIdQuerySet(models.QuerySet["ContactExternalId"]):
    """External ids of contacts, seen by whoever sees their customer."""

    def visible_to(self, user: "User") -> "ContactExternalIdQuerySet":
        """Those of contacts of the customers that the person sees."""
        within = reach(user, "customer", "view")
        path = "contact__customer__"
        return self.filter(within.q(f"{path}owner", f"{path}team", f"{path}territory"))


@tracked(kind="contact_external_id", about=("contact", "contact_id"), removed_by_undo=True)
class ContactExternalId(ExternalId):
    """By what another system knows a contact."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="external_ids")

    objects = ContactExternalIdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["value", "system"],
                name="customers_contact_external_id_once",
                violation_error_message=_("Another contact has this external id."),
            )
        ]
