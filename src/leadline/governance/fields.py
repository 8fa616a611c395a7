"""The fields of an entry of the audit: history and ledger as one list (PPL-7)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.kinds import CHOICE, LONG_TEXT, MOMENT, NUMBER, TEXT, USER
from leadline.core.history.wording import DOORS
from leadline.governance.naming import HAPPENINGS, RECORDS
from leadline.governance.subjects import SUBJECT, SUBJECTS, about, belonging

E = "governance_entry"
NEAR = timedelta(days=31)

ENTRY = register(
    Catalogue(
        kind="audit",
        label=_("Audit entry"),
        plural=_("Audit entries"),
        model="governance.Entry",
        table=E,
        joins={"who": f"LEFT JOIN people_user who ON who.id = {E}.actor_id"},
        default_columns=("what", "at", "who", "door"),
        default_sort="-at",
        implies=belonging,
        fields=(
            Field(name="id", label=_("Id"), kind=NUMBER, sql=f"{E}.id", editable=False),
            Field(
                name="at",
                label=_("When"),
                kind=MOMENT,
                sql=f"{E}.at",
                editable=False,
                sort=Sort(sql=f"{E}.at", holds="moment", near=NEAR),
            ),
            Field(
                name="who",
                label=_("Who"),
                kind=USER,
                sql=f"{E}.actor_id",
                shown="who.name",
                exported="who.email",
                shown_needs="who",
                editable=False,
            ),
            Field(
                name="ledger",
                label=_("Sort of entry"),
                kind=CHOICE,
                sql=f"{E}.ledger",
                choices=(("history", _("Change of a record")), ("event", _("Happening"))),
                editable=False,
            ),
            Field(
                name="what",
                label=_("What happened"),
                kind=CHOICE,
                sql=f"{E}.what",
                choices=HAPPENINGS,
                editable=False,
            ),
            Field(
                name="kind",
                label=_("Kind of record"),
                kind=CHOICE,
                sql=f"{E}.kind",
                choices=RECORDS,
                editable=False,
            ),
            Field(
                name="record",
                label=_("Number of the record"),
                kind=NUMBER,
                sql=f"{E}.record_id",
                editable=False,
            ),
            Field(
                name="of_kind",
                label=_("Belongs to a"),
                kind=CHOICE,
                sql=f"{E}.about_kind",
                choices=RECORDS,
                editable=False,
            ),
            Field(name="of", label=_("Belongs to number"), kind=NUMBER, sql=f"{E}.about_id", editable=False),
            Field(
                name="about",
                label=_("About the record"),
                kind=SUBJECT,
                sql=SUBJECTS,
                asks=about,
                help=_("Changes of it and of what belongs to it, and what happened to it."),
                editable=False,
            ),
            Field(
                name="door",
                label=_("Door"),
                kind=CHOICE,
                sql=f"{E}.via",
                choices=tuple(DOORS.items()),
                editable=False,
            ),
            Field(name="cause", label=_("Caused by"), kind=TEXT, sql=f"{E}.trace", editable=False),
            Field(
                name="address",
                label=_("IP address"),
                kind=TEXT,
                sql=f"({E}.payload->>'address')",
                editable=False,
            ),
            Field(
                name="change_set",
                label=_("Mass change"),
                kind=NUMBER,
                sql=f"{E}.change_set_id",
                editable=False,
            ),
            Field(
                name="values",
                label=_("Values"),
                kind=LONG_TEXT,
                sql=f"{E}.payload::text",
                filterable=False,
                editable=False,
            ),
        ),
    )
)
