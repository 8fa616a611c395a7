"""The fields of activities and notes, declared once for filters, files and the API."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, register
from leadline.core.fields.kinds import CHOICE, DATE, LINK, LONG_TEXT, MOMENT, NUMBER, TEXT, USER, YES_NO
from leadline.timeline.models import Activity

A = "timeline_activity"
N = "timeline_note"

ACTIVITY = register(
    Catalogue(
        kind="activity",
        label=_("Activity"),
        plural=_("Activities"),
        model="timeline.Activity",
        table=A,
        archived_sql=f"{A}.archived_at",
        joins={"user": f"LEFT JOIN people_user author ON author.id = {A}.user_id"},
        default_columns=("at", "kind", "title", "outcome", "user"),
        fields=(
            Field(name="id", label=_("Id"), kind=NUMBER, sql=f"{A}.id", editable=False, importable=False),
            Field(
                name="customer", label=_("Customer"), kind=LINK, sql=f"{A}.customer_id", attribute="customer_id",
                links_to="customer", required=True, synonyms=("company", "account", "perusahaan", "pelanggan"),
            ),
            Field(
                name="contact", label=_("Contact"), kind=LINK, sql=f"{A}.contact_id", attribute="contact_id",
                links_to="contact", importable=False,
            ),
            Field(
                name="kind", label=_("Kind"), kind=CHOICE, sql=f"{A}.kind", choices=tuple(Activity.Kind.choices),
                required=True, groupable=True, synonyms=("type", "activity type", "jenis"),
            ),
            Field(
                name="title", label=_("Title"), kind=TEXT, sql=f"{A}.title", required=True, max_length=200,
                synonyms=("subject", "summary", "judul"),
            ),
            Field(
                name="description", label=_("Description"), kind=LONG_TEXT, sql=f"{A}.description", max_length=50_000,
                synonyms=("details", "body", "comments", "notes", "keterangan"),
            ),
            Field(
                name="outcome", label=_("Outcome"), kind=CHOICE, sql=f"{A}.outcome",
                choices=tuple(Activity.Outcome.choices), groupable=True, synonyms=("result", "hasil"),
            ),
            Field(
                name="duration", label=_("Duration (minutes)"), kind=NUMBER, sql=f"{A}.duration", minimum=0,
                maximum=10_080, synonyms=("minutes", "length", "durasi"),
            ),
            Field(
                name="at", label=_("When"), kind=MOMENT, sql=f"{A}.at",
                synonyms=("date", "time", "activity date", "due date", "tanggal", "waktu"),
            ),
            Field(name="follow_up_on", label=_("Follow-up"), kind=DATE, sql=f"{A}.follow_up_on"),
            Field(
                name="user", label=_("Logged by"), kind=USER, sql=f"{A}.user_id", editable=False, importable=False,
                shown="author.name", exported="author.email", shown_needs="user", groupable=True,
            ),
            Field(
                name="created_at", label=_("Created"), kind=MOMENT, sql=f"{A}.created_at", editable=False,
                importable=False,
            ),
        ),
    )
)  # fmt: skip

NOTE = register(
    Catalogue(
        kind="note",
        label=_("Note"),
        plural=_("Notes"),
        model="timeline.Note",
        table=N,
        archived_sql=f"{N}.archived_at",
        joins={"author": f"LEFT JOIN people_user author ON author.id = {N}.author_id"},
        fields=(
            Field(name="id", label=_("Id"), kind=NUMBER, sql=f"{N}.id", editable=False, importable=False),
            Field(
                name="customer", label=_("Customer"), kind=LINK, sql=f"{N}.customer_id", attribute="customer_id",
                links_to="customer", required=True,
            ),
            Field(name="body", label=_("Note"), kind=LONG_TEXT, sql=f"{N}.body", required=True, max_length=50_000),
            Field(
                name="author", label=_("Author"), kind=USER, sql=f"{N}.author_id", editable=False, importable=False,
                shown="author.name", exported="author.email", shown_needs="author", groupable=True,
            ),
            Field(
                name="pinned", label=_("Pinned"), kind=YES_NO, sql=f"({N}.pinned_at IS NOT NULL)", editable=False,
                importable=False, attribute="pinned_at",
            ),
            Field(
                name="created_at", label=_("Created"), kind=MOMENT, sql=f"{N}.created_at", editable=False,
                importable=False,
            ),
            Field(
                name="updated_at", label=_("Changed"), kind=MOMENT, sql=f"{N}.updated_at", editable=False,
                importable=False,
            ),
        ),
    )
)  # fmt: skip
