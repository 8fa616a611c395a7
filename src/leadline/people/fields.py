"""The fields of users and roles, for history and the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.catalogue_forms import OPTIONS, SOURCES
from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.cleaning import Cleaning
from leadline.core.fields.kinds import (
    EMAIL,
    LANGUAGE,
    MOMENT,
    NUMBER,
    PHONE,
    TEAM,
    TEXT,
    TIME_ZONE,
    YES_NO,
    Kind,
)
from leadline.core.fields.kinds import USER as LINKED_USER
from leadline.people.queries import territories_to_choose
from leadline.people.wording import grants_in_words
from leadline.people.working.hours import WEEKDAY_NAMES, written_hours

U, R = "people_user", "people_role"
OPTIONS["territory"] = lambda item: territories_to_choose()
SOURCES["user"] = "people:options"


class GrantsOfRole(Kind):
    """What a role allows: told permission by permission."""

    key = "grants"

    def read(self, raw: Any, field: Field, context: Cleaning) -> Any:
        """As it is: what can be given is checked by the action (`actions.granting`)."""
        return raw

    def differences(self, old: Any, new: Any) -> list[tuple[str, str, str]]:
        """Each permission whose scope changed."""
        before, after = grants_in_words(old or {}), grants_in_words(new or {})
        return [
            (label, before.get(label, ""), after.get(label, ""))
            for label in dict.fromkeys([*after, *before])
            if before.get(label) != after.get(label)
        ]


class HoursOfUser(Kind):
    """When somebody works: told weekday by weekday."""

    key = "hours"

    def read(self, raw: Any, field: Field, context: Cleaning) -> Any:
        """As it is: hours are checked by the action (`working.hours`)."""
        return raw

    def differences(self, old: Any, new: Any) -> list[tuple[str, str, str]]:
        """Each weekday whose hours changed."""
        before, after = written_hours(old), written_hours(new)
        return [
            (str(WEEKDAY_NAMES[day]), before[day], after[day]) for day in before if before[day] != after[day]
        ]


USER = register(
    Catalogue(
        kind="user",
        label=_("User"),
        plural=_("Users"),
        model="people.User",
        table=U,
        joins={
            "team": f"LEFT JOIN people_team team ON team.id = {U}.team_id",
            "manager": f"LEFT JOIN people_user manager ON manager.id = {U}.manager_id",
        },
        default_columns=("name", "email", "team", "is_active"),
        default_sort="name",
        fields=(
            Field(name="id", label=_("Id"), kind=NUMBER, sql=f"{U}.id", editable=False),
            Field(
                name="name",
                label=_("Name"),
                kind=TEXT,
                sql=f"{U}.name",
                required=True,
                max_length=150,
                sort=Sort(sql=f'{U}.name COLLATE "C"'),
            ),
            Field(
                name="email",
                label=_("E-mail"),
                kind=EMAIL,
                sql=f"{U}.email",
                required=True,
                max_length=254,
                lower=True,
            ),
            Field(name="phone", label=_("Phone"), kind=PHONE, sql=f"{U}.phone", max_length=40),
            Field(name="language", label=_("Language"), kind=LANGUAGE, sql=f"{U}.language"),
            Field(name="time_zone", label=_("Time zone"), kind=TIME_ZONE, sql=f"{U}.time_zone"),
            Field(
                name="team",
                label=_("Team"),
                kind=TEAM,
                sql=f"{U}.team_id",
                shown="team.name",
                exported="team.name",
                shown_needs="team",
            ),
            Field(
                name="manager",
                label=_("Manager"),
                kind=LINKED_USER,
                sql=f"{U}.manager_id",
                shown="manager.name",
                exported="manager.email",
                shown_needs="manager",
            ),
            Field(
                name="capacity",
                label=_("Portfolio capacity"),
                kind=NUMBER,
                sql=f"{U}.capacity",
                minimum=0,
                maximum=10**9,
            ),
            Field(
                name="hours",
                label=_("Working hours"),
                kind=HoursOfUser(),
                sql=f"{U}.hours",
                filterable=False,
                editable=False,
            ),
            Field(name="is_active", label=_("Active"), kind=YES_NO, sql=f"{U}.is_active"),
        ),
    )
)

ROLE = register(
    Catalogue(
        kind="role",
        label=_("Role"),
        plural=_("Roles"),
        model="people.Role",
        table=R,
        default_columns=("name", "purpose"),
        default_sort="name",
        fields=(
            Field(name="id", label=_("Id"), kind=NUMBER, sql=f"{R}.id", editable=False),
            Field(name="name", label=_("Name"), kind=TEXT, sql=f"{R}.name", required=True, max_length=100),
            Field(name="purpose", label=_("Purpose"), kind=TEXT, sql=f"{R}.purpose", max_length=300),
            Field(
                name="grants",
                label=_("Permissions"),
                kind=GrantsOfRole(),
                sql=f"{R}.grants",
                filterable=False,
                editable=False,
            ),
            Field(name="retired_at", label=_("Retired"), kind=MOMENT, sql=f"{R}.retired_at", editable=False),
        ),
    )
)
