"""Segments, what was picked by hand, who is in, and how large they were (CUS-16 to CUS-18)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked

if TYPE_CHECKING:
    from leadline.people.models import User


class SegmentQuerySet(models.QuerySet["Segment"]):
    """Segments, by who may see them and by state."""

    def visible_to(self, user: "User") -> "SegmentQuerySet":
        """One's own, those of one's teams, and those for everybody; none without the permission."""
        if user.is_system:
            return self
        return self.filter(seen_q(user)) if user.may("segment", "view") else self.none()

    def current(self) -> "SegmentQuerySet":
        """Without the archived."""
        return self.filter(archived_at=None)

    def of_kind(self, kind: str) -> "SegmentQuerySet":
        """Those of one kind of record, by name."""
        return self.filter(kind=kind).by_name()

    def by_name(self) -> "SegmentQuerySet":
        """In the order of their names."""
        return self.order_by(Lower("name"), "pk")


@tracked(kind="segment", leave_out=("version", "created_at", "updated_at"))
class Segment(models.Model):
    """A named set of records of one kind: static (picked by hand) or dynamic (found by `rule`).

    Sharing a segment shares its name, its rule and who is in it, each only as far as the viewer sees those
    records anyway. Dynamic segments hold no archived records.
    """

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("Only me")
        TEAM = "team", _("My team")
        EVERYBODY = "everybody", _("Everybody")

    kind = models.CharField(_("Of what"), max_length=40)
    name = models.CharField(_("Name"), max_length=80)
    description = models.CharField(_("Description"), max_length=500, blank=True, default="")
    is_dynamic = models.BooleanField(_("By a rule"), default=True)
    rule = models.JSONField(_("Rule"), default=dict, blank=True)
    visibility = models.CharField(
        _("Shown to"), max_length=10, choices=Visibility, default=Visibility.PRIVATE
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="segments", verbose_name=_("Owner")
    )
    team_id = models.BigIntegerField(_("Team"), null=True, blank=True)
    archived_at = models.DateTimeField(_("Archived"), null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "owner",
                "kind",
                Lower("name"),
                condition=models.Q(archived_at=None),
                name="segments_segment_name_once",
                violation_error_message=_("You already have a segment of this name."),
            ),
            models.CheckConstraint(
                condition=~models.Q(visibility="team") | models.Q(team_id__isnull=False),
                name="segments_segment_team_is_named",
                violation_error_message=_("A segment for a team names the team."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_archived(self) -> bool:
        """Whether it was taken out of use; it can be restored."""
        return self.archived_at is not None


class Standing(models.Model):
    """How a segment stands: its size over all records, and when it was last looked at as a whole.

    Whoever changes the members of a segment locks this row first. `is_due` asks for a whole evaluation: it is
    new, its rule changed, or somebody asked. `moves` says that its rule moves with time.
    """

    segment = models.OneToOneField(Segment, models.CASCADE, primary_key=True, related_name="standing")
    size = models.PositiveIntegerField(default=0)
    evaluated_at = models.DateTimeField(null=True)
    is_due = models.BooleanField(default=True)
    is_filling = models.BooleanField(default=True)  # those who come are its first members, nobody's joining
    moves = models.BooleanField(default=False)
    trouble = models.CharField(max_length=300, blank=True, default="")


@tracked(kind="segment_pick", about=("segment", "segment_id"))
class Pick(models.Model):
    """A record that somebody put into a static segment; archived when it was taken out again.

    `kind` is the segment's, repeated: a merge finds by it what names a record.
    """

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="picks", db_index=False)
    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    picked_by_id = models.BigIntegerField(null=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "record_id"],
                name="segments_pick_once",
                violation_error_message=_("It is in this segment already."),
            )
        ]
        indexes = [models.Index(fields=["record_id", "kind"], name="segments_pick_record")]


class Member(models.Model):
    """That a record is, or was, in a segment; `left_at` is empty while it is. Derived from rules and picks.

    `joined_by_id` and `left_by_id` name whoever did it by hand; empty where the rule did.
    """

    # No segment is ever deleted, and millions of rows are derived at once: the database need not check each.
    segment = models.ForeignKey(
        Segment, models.CASCADE, related_name="members", db_index=False, db_constraint=False
    )
    record_id = models.BigIntegerField()
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    joined_by_id = models.BigIntegerField(null=True)
    left_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "record_id"],
                include=["joined_at"],
                condition=models.Q(left_at=None),
                name="segments_member_once",
                violation_error_message=_("It is in this segment already."),
            )
        ]
        indexes = [
            models.Index(
                fields=["record_id", "segment"],
                include=["joined_at"],
                name="segments_member_record",
                condition=models.Q(left_at=None),
            ),
            models.Index(
                fields=["record_id"], name="segments_member_before", condition=models.Q(left_at__isnull=False)
            ),
            models.Index(fields=["segment", "joined_at", "id"], name="segments_member_joined"),
            models.Index(
                fields=["segment", "left_at", "id"],
                name="segments_member_left",
                condition=models.Q(left_at__isnull=False),
            ),
        ]


def members_of(kind: str, ids: Iterable[int]) -> "models.QuerySet[Member]":
    """All that records are and were in; asked so that the indexes of both are read."""
    now_or_before = models.Q(left_at=None) | models.Q(left_at__isnull=False)
    return Member.objects.filter(now_or_before, segment__kind=kind, record_id__in=ids)


class Day(models.Model):
    """How large a segment was at the end of a day (of the organisation's zone) on which it changed."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="days", db_index=False)
    day = models.DateField()
    size = models.PositiveIntegerField()
    joined = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "day"],
                name="segments_day_once",
                violation_error_message=_("A day has one size."),
            )
        ]


class Place(models.Model):
    """Up to which entry of the history segments have followed it: one row, locked while one follows."""

    history_id = models.BigIntegerField(default=0)
    at = models.DateTimeField()


# The same as `seen_q` in plain SQL, a test holds it: whose, and an array of the teams.
SEEN_SQL = (
    "(segments_segment.visibility = 'everybody' OR segments_segment.owner_id = {}"
    " OR segments_segment.visibility = 'team' AND segments_segment.team_id = ANY({}))"
)


def seen_q(user: Any, prefix: str = "") -> models.Q:
    """Which segments somebody sees, as a filter."""
    shown = models.Q(**{f"{prefix}owner": user}) | models.Q(
        **{f"{prefix}visibility": Segment.Visibility.EVERYBODY}
    )
    teams = teams_of(user)
    if teams:
        shown |= models.Q(**{f"{prefix}visibility": Segment.Visibility.TEAM, f"{prefix}team_id__in": teams})
    return shown


def teams_of(user: Any) -> list[int]:
    """The teams whose segments somebody sees: one's own, and those one manages."""
    return sorted({user.team_id, *user.grants.managed_teams} - {None})
