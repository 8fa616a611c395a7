"""The fields of users, for history and the API."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.kinds import EMAIL, LANGUAGE, NUMBER, PHONE, TEAM, TEXT, TIME_ZONE, YES_NO

U = "people_user"

USER = register(
    Catalogue(
        kind="user",
        label=_("User"),
        plural=_("Users"),
        model="people.User",
        table=U,
        joins={"team": f"LEFT JOIN people_team team ON team.id = {U}.team_id"},
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
            Field(name="is_active", label=_("Active"), kind=YES_NO, sql=f"{U}.is_active"),
        ),
    )
)
