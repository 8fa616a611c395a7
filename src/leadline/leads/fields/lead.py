"""The fields of a lead (LEA-1)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.field import Text
from leadline.core.fields.kinds import (
    CHOICE,
    COUNTRY,
    EMAIL,
    LANGUAGE,
    LONG_TEXT,
    MOMENT,
    NUMBER,
    PHONE,
    TAGS,
    TEAM,
    TERRITORY,
    TEXT,
    TIME_ZONE,
    USER,
    YES_NO,
    Kind,
)
from leadline.customers.fields.wishes import consents, wishes
from leadline.leads.fields.converted import BECAME, CONVERTED
from leadline.leads.fields.kinds import REASON, STAGE
from leadline.leads.fields.measured import LINKS, MEASURED
from leadline.leads.fields.onplatform import JOINS, TOLD_BY_PLATFORM
from leadline.leads.models import Lead, Stage
from leadline.timeline.models import Activity

L = "leads_lead"
P = "leads_pulse"
# What columns of files are called that hold names.
CALLED = ("lead", "lead name", "full name", "contact name", "nama", "nama lengkap", "nama prospek")
OWNED = ("lead owner", "sales rep", "account manager", "assigned to", "responsible", "pemilik")

# By the calling hours on the clock there; by ours where no zone is known.
_THERE = (
    f"(now() AT TIME ZONE coalesce(nullif({L}.zone, ''), nullif((SELECT time_zone FROM core_organisation"
    " LIMIT 1), ''), 'UTC'))"
)
CALLABLE_NOW = (
    f"coalesce((SELECT {_THERE}::time >= begins AND {_THERE}::time < ends"
    f" AND (days = '{{}}' OR extract(isodow FROM {_THERE})::int = ANY(days))"
    f" FROM leads_callinghours ORDER BY id LIMIT 1),"
    f" {_THERE}::time >= '09:00' AND {_THERE}::time < '20:00')"
)


def _in_pulse(name: str, holds: str = "moment") -> Sort:
    """An order that the pulse holds, by an index in each scope."""
    return Sort(
        sql=f"{P}.{name}",
        holds=holds,
        nullable=True,
        table=P,
        id_sql=f"{P}.lead_id",
        join=f"JOIN {L} ON {L}.id = {P}.lead_id",
    )


def _told(name: str, label: Text, kind: Kind, sql: str, **more: Any) -> Field:
    """A field that people read and filter by, and that changes through verbs alone."""
    return Field(
        name=name,
        label=label,
        kind=kind,
        sql=sql,
        editable=False,
        importable=False,
        **more,
    )


GIVEN = (
    Field(
        name="name",
        label=_("Name"),
        kind=TEXT,
        sql=f"{L}.name",
        required=True,
        max_length=200,
        sort=Sort(sql=f"{L}.name_key"),
        synonyms=CALLED,
    ),
    Field(
        name="company",
        label=_("Company"),
        kind=TEXT,
        sql=f"{L}.company",
        max_length=200,
        synonyms=("company name", "organisation", "organization", "perusahaan", "nama perusahaan"),
    ),
    Field(
        name="email",
        label=_("E-mail"),
        kind=EMAIL,
        sql=f"{L}.email",
        max_length=254,
        lower=True,
        synonyms=("e-mail", "email address", "mail", "surel", "alamat email"),
    ),
    Field(
        name="phone",
        label=_("Phone"),
        kind=PHONE,
        sql=f"{L}.phone",
        max_length=60,
        synonyms=("phone number", "telephone", "tel", "mobile", "whatsapp", "telepon", "no hp"),
    ),
    Field(
        name="country",
        label=_("Country"),
        kind=COUNTRY,
        sql=f"{L}.country",
        groupable=True,
        synonyms=("country/region", "negara"),
    ),
    Field(
        name="language",
        label=_("Language"),
        kind=LANGUAGE,
        sql=f"{L}.language",
        groupable=True,
        synonyms=("preferred language", "bahasa"),
    ),
    Field(
        name="time_zone",
        label=_("Time zone"),
        kind=TIME_ZONE,
        sql=f"{L}.time_zone",
        help=_("Empty: by the phone number, else by the country where it has but one."),
        synonyms=("timezone", "zona waktu"),
    ),
    Field(
        name="source",
        label=_("Source"),
        kind=TEXT,
        sql=f"{L}.source",
        max_length=100,
        groupable=True,
        synonyms=("lead source", "original source", "channel", "sumber"),
    ),
    Field(
        name="campaign",
        label=_("Campaign"),
        kind=TEXT,
        sql=f"{L}.campaign",
        max_length=100,
        groupable=True,
        synonyms=("campaign name", "utm campaign", "kampanye"),
    ),
    Field(
        name="desk",
        label=_("Desk"),
        kind=CHOICE,
        sql=f"{L}.desk",
        choices=tuple(Lead.Desk.choices),
        always_set=True,
        groupable=True,
        synonyms=("meja",),
    ),
    Field(
        name="owner",
        label=_("Owner"),
        kind=USER,
        sql=f"{L}.owner_id",
        attribute="owner",
        shown="owner.name",
        exported="owner.email",
        shown_needs="owner",
        groupable=True,
        synonyms=OWNED,
    ),
    Field(
        name="territory",
        label=_("Territory"),
        kind=TERRITORY,
        sql=f"{L}.territory_id",
        attribute="territory",
        shown="territory.name",
        exported="territory.name",
        shown_needs="territory",
        groupable=True,
        synonyms=("sales territory", "area", "wilayah"),
    ),
    Field(
        name="tags",
        label=_("Tags"),
        kind=TAGS,
        sql=f"{L}.tags",
        synonyms=("labels", "keywords", "label", "tag"),
    ),
    Field(
        name="registered_at",
        label=_("Registered"),
        kind=MOMENT,
        sql=f"{L}.registered_at",
        sort=Sort(sql=f"{L}.registered_at", holds="moment"),
        synonyms=("registration date", "created", "created date", "signed up", "tanggal daftar"),
    ),
    Field(
        name="description",
        label=_("Description"),
        kind=LONG_TEXT,
        sql=f"{L}.description",
        max_length=10_000,
        synonyms=("message", "about", "notes", "comments", "inquiry", "pesan", "keterangan"),
    ),
)

WORKED = (
    _told(
        "stage",
        _("Stage"),
        STAGE,
        f"{L}.stage_id",
        attribute="stage",
        shown="stage.name",
        exported="stage.name",
        shown_needs="stage",
        translated=True,
        groupable=True,
    ),
    _told(
        "stage_kind",
        _("Open or closed"),
        CHOICE,
        "stage.kind",
        needs="stage",
        choices=tuple(Stage.Kind.choices),
        attribute="stage_kind",
        groupable=True,
    ),
    _told("stage_since", _("In this stage since"), MOMENT, f"{L}.stage_since"),
    _told(
        "reason",
        _("Closed because"),
        REASON,
        f"{L}.reason_id",
        attribute="reason",
        shown="reason.name",
        exported="reason.name",
        shown_needs="reason",
        translated=True,
        groupable=True,
    ),
    _told(
        "team",
        _("Team"),
        TEAM,
        f"{L}.team_id",
        attribute="team",
        shown="team.name",
        exported="team.name",
        shown_needs="team",
        groupable=True,
    ),
    _told("assigned_at", _("Assigned"), MOMENT, f"{L}.assigned_at"),
    _told(
        "starred",
        _("Starred"),
        YES_NO,
        f"({L}.starred_until IS NOT NULL AND {L}.starred_until > now())",
        attribute="is_starred",
        groupable=True,
    ),
    _told("starred_until", _("Starred until"), MOMENT, f"{L}.starred_until"),
    _told(
        "starred_by",
        _("Starred by"),
        USER,
        f"{L}.starred_by_id",
        attribute="starred_by",
        shown="starrer.name",
        exported="starrer.email",
        shown_needs="starrer",
    ),
    _told(
        "callback_at",
        _("Callback"),
        MOMENT,
        f"{L}.callback_at",
        sort=_in_pulse("callback_at"),
    ),
    _told(
        "callback_due",
        _("Callback due"),
        YES_NO,
        f"({L}.callback_at IS NOT NULL AND {L}.callback_at <= now())",
        attribute="is_callback_due",
    ),
    _told(
        "last_contact_at",
        _("Last contact"),
        MOMENT,
        f"{P}.last_contact_at",
        needs="pulse",
        attribute="pulse__last_contact_at",
        sort=_in_pulse("last_contact_at"),
    ),
    _told(
        "last_outcome",
        _("Last outcome"),
        CHOICE,
        f"{P}.last_outcome",
        needs="pulse",
        attribute="pulse__last_outcome",
        choices=tuple(Activity.Outcome.choices),
        groupable=True,
    ),
    _told(
        "first_contact_at",
        _("First contact"),
        MOMENT,
        f"{P}.first_contact_at",
        needs="pulse",
        attribute="pulse__first_contact_at",
    ),
    _told("attempts", _("Attempts"), NUMBER, f"{P}.attempts", needs="pulse", attribute="pulse__attempts"),
    _told(
        "score",
        _("Score"),
        NUMBER,
        f"{P}.score",
        needs="pulse",
        attribute="pulse__score",
        sort=_in_pulse("score", holds="number"),
    ),
    *CONVERTED,
    _told("bad_number", _("Wrong number"), YES_NO, f"{L}.bad_number", groupable=True),
    _told("zone", _("Local time zone"), TEXT, f"{L}.zone", max_length=64, groupable=True),
    _told(
        "local_time",
        _("Local time"),
        TEXT,
        f"to_char(now() AT TIME ZONE nullif({L}.zone, ''), 'HH24:MI')",
        filterable=False,
    ),
    _told("callable_now", _("May be called now"), YES_NO, CALLABLE_NOW, attribute="is_callable_now"),
    _told("unclear", _("Kept as typed"), TAGS, f"{L}.unclear"),
    _told("archived", _("Archived"), YES_NO, f"({L}.archived_at IS NOT NULL)", attribute="is_archived"),
    _told("created_at", _("Created"), MOMENT, f"{L}.created_at"),
    _told("updated_at", _("Changed"), MOMENT, f"{L}.updated_at"),
)

LEAD = register(
    Catalogue(
        kind="lead",
        label=_("Lead"),
        plural=_("Leads"),
        model="leads.Lead",
        table=L,
        archived_sql=f"{L}.archived_at",
        custom=f"{L}.custom",
        within_reach=("became",),
        joins={
            "owner": f"LEFT JOIN people_user owner ON owner.id = {L}.owner_id",
            "team": f"LEFT JOIN people_team team ON team.id = {L}.team_id",
            "territory": f"LEFT JOIN people_territory territory ON territory.id = {L}.territory_id",
            "stage": f"LEFT JOIN leads_stage stage ON stage.id = {L}.stage_id",
            "reason": f"LEFT JOIN leads_reason reason ON reason.id = {L}.reason_id",
            "starrer": f"LEFT JOIN people_user starrer ON starrer.id = {L}.starred_by_id",
            **BECAME,
            "pulse": f"LEFT JOIN {P} ON {P}.lead_id = {L}.id",
            **JOINS,
        },
        links=LINKS,
        default_columns=(
            "name",
            "stage",
            "owner",
            "country",
            "registered_at",
            "callback_at",
            "last_contact_at",
            "last_outcome",
        ),
        default_sort="-registered_at",
        fields=(
            _told("id", _("Id"), NUMBER, f"{L}.id", synonyms=("lead id", "record id")),
            *GIVEN,
            *consents(L),
            *wishes(L),
            *WORKED,
            *TOLD_BY_PLATFORM,
            *MEASURED,
        ),
    )
)
