"""The fields of activities, notes and promises, declared once for filters, files and the API."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.kinds import (
    CHOICE,
    DATE,
    LINK,
    LONG_TEXT,
    MOMENT,
    NUMBER,
    TEXT,
    YES_NO,
)
from leadline.core.fields.usual import created_at, person, record_id, team, told, updated_at
from leadline.timeline.models import Activity, Promise

A = "timeline_activity"
N = "timeline_note"
P = "timeline_promise"


def _team_of(join: str) -> Field:
    """The team in which the author is now, whom the join of this name brings."""
    return team("author.team_id", attribute="team_id", needs=join)


ACTIVITY = register(
    Catalogue(
        kind="activity",
        label=_("Activity"),
        plural=_("Activities"),
        model="timeline.Activity",
        table=A,
        archived_sql=f"{A}.archived_at",
        joins={
            "user": f"LEFT JOIN people_user author ON author.id = {A}.user_id",
            "team": "LEFT JOIN people_team team ON team.id = author.team_id",
        },
        default_columns=("at", "kind", "title", "outcome", "user"),
        default_sort="-at",
        fields=(
            record_id(A, sort=Sort(sql=f"{A}.id", holds="number")),
            Field(
                name="customer",
                label=_("Customer"),
                kind=LINK,
                sql=f"{A}.customer_id",
                attribute="customer_id",
                links_to="customer",
                required=True,
                synonyms=("company", "account", "perusahaan", "pelanggan"),
            ),
            told("lead", _("Lead"), LINK, f"{A}.lead_id", attribute="lead_id", links_to="lead"),
            Field(
                name="contact",
                label=_("Contact"),
                kind=LINK,
                sql=f"{A}.contact_id",
                attribute="contact_id",
                links_to="contact",
                importable=False,
            ),
            Field(
                name="kind",
                label=_("Kind"),
                kind=CHOICE,
                sql=f"{A}.kind",
                choices=tuple(Activity.Kind.choices),
                required=True,
                groupable=True,
                synonyms=("type", "activity type", "jenis"),
            ),
            Field(
                name="title",
                label=_("Title"),
                kind=TEXT,
                sql=f"{A}.title",
                required=True,
                max_length=200,
                synonyms=("subject", "summary", "judul"),
            ),
            Field(
                name="description",
                label=_("Description"),
                kind=LONG_TEXT,
                sql=f"{A}.description",
                max_length=50_000,
                synonyms=("details", "body", "comments", "notes", "keterangan"),
            ),
            Field(
                name="outcome",
                label=_("Outcome"),
                kind=CHOICE,
                sql=f"{A}.outcome",
                choices=tuple(Activity.Outcome.choices),
                groupable=True,
                synonyms=("result", "hasil"),
            ),
            Field(
                name="duration",
                label=_("Duration (minutes)"),
                kind=NUMBER,
                sql=f"{A}.duration",
                minimum=0,
                maximum=10_080,
                synonyms=("minutes", "length", "durasi"),
            ),
            Field(
                name="at",
                label=_("When"),
                kind=MOMENT,
                sql=f"{A}.at",
                sort=Sort(sql=f"{A}.at", holds="moment", near=timedelta(days=31)),
                synonyms=("date", "time", "activity date", "due date", "tanggal", "waktu"),
            ),
            Field(name="follow_up_on", label=_("Follow-up"), kind=DATE, sql=f"{A}.follow_up_on"),
            person("user", _("Logged by"), f"{A}.user_id", beside="user:author", groupable=True),
            _team_of("user"),
            told(
                name="by_itself",
                label=_("By the system itself"),
                kind=YES_NO,
                sql=f"({A}.user_id IN (SELECT house.id FROM people_user house WHERE house.is_system))",
                attribute="is_by_itself",
            ),
            created_at(A),
        ),
    )
)

NOTE = register(
    Catalogue(
        kind="note",
        label=_("Note"),
        plural=_("Notes"),
        model="timeline.Note",
        table=N,
        archived_sql=f"{N}.archived_at",
        joins={
            "author": f"LEFT JOIN people_user author ON author.id = {N}.author_id",
            "team": "LEFT JOIN people_team team ON team.id = author.team_id",
        },
        default_columns=("body", "author", "created_at"),
        default_sort="-created_at",
        fields=(
            record_id(N, sort=Sort(sql=f"{N}.id", holds="number")),
            Field(
                name="customer",
                label=_("Customer"),
                kind=LINK,
                sql=f"{N}.customer_id",
                attribute="customer_id",
                links_to="customer",
                required=True,
            ),
            Field(
                name="body",
                label=_("Note"),
                kind=LONG_TEXT,
                sql=f"{N}.body",
                required=True,
                max_length=50_000,
            ),
            person("author", _("Author"), f"{N}.author_id", beside="author", groupable=True),
            _team_of("author"),
            told("pinned", _("Pinned"), YES_NO, f"({N}.pinned_at IS NOT NULL)", attribute="pinned_at"),
            created_at(N, sort=Sort(sql=f"{N}.created_at", holds="moment")),
            updated_at(N),
        ),
    )
)

PROMISE = register(
    Catalogue(
        kind="promise",
        label=_("Promise"),
        plural=_("Promises"),
        model="timeline.Promise",
        table=P,
        joins={"user": f"LEFT JOIN people_user promiser ON promiser.id = {P}.user_id"},
        default_columns=("text", "due_on", "user", "outcome"),
        default_sort="-id",
        fields=(
            record_id(P, sort=Sort(sql=f"{P}.id", holds="number")),
            Field(
                name="customer",
                label=_("Customer"),
                kind=LINK,
                sql=f"{P}.customer_id",
                attribute="customer_id",
                links_to="customer",
                required=True,
            ),
            Field(
                name="text",
                label=_("Promise"),
                kind=TEXT,
                sql=f"{P}.text",
                required=True,
                max_length=300,
            ),
            Field(name="due_on", label=_("Due"), kind=DATE, sql=f"{P}.due_on", required=True),
            person("user", _("Promised by"), f"{P}.user_id", beside="user:promiser"),
            told("outcome", _("Outcome"), CHOICE, f"{P}.outcome", choices=tuple(Promise.Outcome.choices)),
            told("ended_at", _("Ended"), MOMENT, f"{P}.ended_at"),
            created_at(P),
        ),
    )
)
