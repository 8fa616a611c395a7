"""Users, their roles, the tree of teams, territories, and tokens for programs."""

from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.people.scope import Grants, grants_of
from leadline.people.signing import models as signing  # noqa: F401 - they are models of this app too
from leadline.people.working import models as working  # noqa: F401


class TeamQuerySet(models.QuerySet["Team"]):
    """Teams, by whether they still count."""

    def in_use(self) -> "TeamQuerySet":
        """Those that somebody can be in."""
        return self.filter(archived_at=None)


@tracked(kind="team", removed_by_undo=True)
class Team(models.Model):
    """A team with its manager; teams stand in teams (PPL-3). Nobody is in one that is archived."""

    name = models.CharField(_("Name"), max_length=100)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    manager = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, blank=True, related_name="managed_teams"
    )
    archived_at = models.DateTimeField(_("Archived"), null=True, blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="people_team_name_once",
                violation_error_message=_("There is a team of this name."),
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="people_team_not_own_parent",
                violation_error_message=_("A team can't stand in itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(kind="territory", removed_by_undo=True)
class Territory(models.Model):
    """A part of the market with its rules and members (PPL-3).

    `rules` is a condition over what a customer is and where. What fits several territories belongs to the
    first by `position`. A retired one takes nothing in any more.
    """

    name = models.CharField(_("Name"), max_length=100)
    position = models.PositiveIntegerField(_("Place in the order"), default=0)
    rules = models.JSONField(_("Rules"), default=dict)
    members = models.ManyToManyField("people.User", through="TerritoryMember", related_name="territories")
    retired_at = models.DateTimeField(_("Retired"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="people_territory_name_once",
                violation_error_message=_("There is a territory of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked(kind="territory_member", about=("territory", "territory_id"), removed_by_undo=True)
class TerritoryMember(models.Model):
    """Somebody who works in a territory, and by a role may see what lies in it."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="memberships", db_index=False)
    user = models.ForeignKey("people.User", models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "user"],
                name="people_territorymember_once",
                violation_error_message=_("This person is a member already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.territory}"


class RoleQuerySet(models.QuerySet["Role"]):
    """Roles, by who may read them and by whether they still count."""

    def visible_to(self, user: "User") -> "RoleQuerySet":
        """Everybody who works here reads what roles allow."""
        return self if user.is_authenticated else self.none()

    def in_use(self) -> "RoleQuerySet":
        """Those that can be given and that allow something, in the order in which they are shown."""
        return self.filter(retired_at=None).order_by("position", "name")


@tracked(kind="role", leave_out=("provided", "version", "position"))
class Role(models.Model):
    """What people of a kind may do: for each object and verb the widest scope (PPL-2).

    `grants` looks like {"customer": {"view": "team", "edit": "own"}}; verbs that know no records
    (settings: manage) carry "all". `provided` is what Leadline itself last gave a role that comes along
    (name, purpose, grants): what differs was altered here, and an upgrade leaves it alone.
    """

    key = models.SlugField(_("Key"), max_length=50, unique=True)
    name = models.CharField(_("Name"), max_length=100)
    purpose = models.CharField(_("Purpose"), max_length=300, blank=True)
    grants = models.JSONField(default=dict)
    provided = models.JSONField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    second_factor_required = models.BooleanField(_("Second factor required"), default=False, db_default=False)
    retired_at = models.DateTimeField(_("Retired"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)

    objects = RoleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_retired(self) -> bool:
        """Whether it allows nothing and is given to nobody any more."""
        return self.retired_at is not None

    @property
    def is_altered(self) -> bool:
        """Whether somebody here changed a role that came along."""
        return self.provided is not None and self.provided != self.content

    @property
    def content(self) -> dict[str, Any]:
        """What an administrator can change of it."""
        return {"name": self.name, "purpose": self.purpose, "grants": self.grants}


class UserQuerySet(models.QuerySet["User"]):
    """Users, as others may see them."""

    def visible_to(self, user: "User") -> "UserQuerySet":
        """Colleagues see each other's names; the house itself is nobody's colleague."""
        return self.filter(is_system=False) if user.is_authenticated else self.none()

    def active(self) -> "UserQuerySet":
        """Those who can sign in and own records."""
        return self.filter(is_active=True, is_system=False)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds users by e-mail in any case, and the house."""

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)

    def house(self) -> "User":
        """The system user in whose name listeners and periodic work act."""
        return self.get_or_create(
            email="house@leadline.invalid",
            defaults={"name": "Leadline", "is_system": True, "is_active": False, "password": "!"},
        )[0]


@tracked(kind="user", leave_out=("password", "last_login", "session_epoch"))
class User(AbstractBaseUser):
    """Somebody who works here; never deleted, a leaver is deactivated (PPL-1).

    `hours` are the working hours (`working.hours`; None: the usual ones), `capacity` is how many customers
    the person can have (None: nobody said). Without a `manager` the team's counts (`manager_of`).
    """

    class Theme(models.TextChoices):
        AUTO = "auto", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("E-mail"), max_length=254)
    name = models.CharField(_("Name"), max_length=150)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    language = models.CharField(_("Language"), max_length=8, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=64, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="members")
    manager = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("Manager"), null=True, blank=True, related_name="reports"
    )
    hours = models.JSONField(_("Working hours"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("Portfolio capacity"), null=True, blank=True)
    roles = models.ManyToManyField(Role, related_name="users")
    is_active = models.BooleanField(_("Active"), default=True)
    is_system = models.BooleanField(default=False)
    # Under which id a directory that provisions people knows this one (SCIM).
    directory_id = models.CharField(max_length=200, blank=True, default="", db_default="")
    session_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    views_as_of: UUID | None = None  # the stamp of saved views when `recognise` read this person

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="people_user_email_once",
                violation_error_message=_("Somebody already signs in with this e-mail."),
            ),
            models.UniqueConstraint(
                fields=["directory_id"],
                condition=~models.Q(directory_id=""),
                name="people_user_directory_id_once",
                violation_error_message=_("The directory already knows somebody under this id."),
            ),
            models.CheckConstraint(
                condition=~models.Q(manager=models.F("id")),
                name="people_user_not_own_manager",
                violation_error_message=_("Nobody is their own manager."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def grants(self) -> Grants:
        """What all roles together allow, and which teams this person manages; read once per object."""
        if "_grants" not in self.__dict__:
            self._grants = grants_of(self.pk)
        return self._grants

    def may(self, kind: str, verb: str) -> bool:
        """Whether any role allows the verb on at least some records of the kind (`customer`, `edit`)."""
        return self.is_active and self.grants.scope(kind, verb) is not None


class Token(models.Model):
    """A key for a program that acts as its user; only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(_("Name"), max_length=100, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class TokenUse(models.Model):
    """How often a token was used in its present minute; not logged, as a crash may forget it."""

    token_id = models.BigIntegerField(primary_key=True)
    minute = models.DateTimeField()
    requests = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.token_id}: {self.requests}"
