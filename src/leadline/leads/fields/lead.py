"""The fields of a lead (LEA-1)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.kinds import (
    CHOICE,
    COUNTRY,
    LONG_TEXT,
    MOMENT,
    NUMBER,
    TAGS,
    TEXT,
    TIME_ZONE,
    YES_NO,
)
from leadline.core.fields.usual import archived, created_at, person, record_id, team, told, updated_at
from leadline.customers.fields.person import (
    email,
    joins_of_owner,
    language,
    owner,
    phone,
    tags,
    territory,
)
from leadline.customers.fields.wishes import consents, wishes
from leadline.leads.fields.beside import kept_beside
from leadline.leads.fields.converted import BECAME, CONVERTED
from leadline.leads.fields.kinds import REASON, STAGE
from leadline.leads.fields.measured import LINKS, MEASURED
from leadline.leads.fields.onplatform import JOINS, TOLD_BY_PLATFORM
from leadline.leads.models import Band, Lead, Stage
from leadline.leads.models.bands import HOT_FROM, WARM_FROM
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
# As `ScoreBands.band_of` tells it.
_FROM = "coalesce((SELECT {}_from FROM leads_scorebands WHERE id = 1), {})"
BAND = (
    f"CASE WHEN {P}.score >= {_FROM.format('hot', HOT_FROM)} THEN 'hot'"
    f" WHEN {P}.score >= {_FROM.format('warm', WARM_FROM)} THEN 'warm'"
    f" WHEN {P}.score IS NOT NULL THEN 'cool' END"
)


def _in_pulse(name: str, holds: str = "moment") -> Sort:
    return kept_beside(P, name, holds)


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
    email(L, synonyms=("e-mail", "email address", "mail", "surel", "alamat email")),
    phone(L, ("phone number", "telephone", "tel", "mobile", "whatsapp", "telepon", "no hp")),
    Field(
        name="country",
        label=_("Country"),
        kind=COUNTRY,
        sql=f"{L}.country",
        groupable=True,
        synonyms=("country/region", "negara"),
    ),
    language(L, groupable=True, synonyms=("preferred language", "bahasa")),
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
    owner(L, OWNED),
    territory(L),
    tags(L),
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
    told(
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
    told(
        "stage_kind",
        _("Open or closed"),
        CHOICE,
        "stage.kind",
        needs="stage",
        choices=tuple(Stage.Kind.choices),
        attribute="stage_kind",
        groupable=True,
    ),
    told("stage_since", _("In this stage since"), MOMENT, f"{L}.stage_since"),
    told(
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
    team(f"{L}.team_id", attribute="team"),
    told("assigned_at", _("Assigned"), MOMENT, f"{L}.assigned_at"),
    told(
        "starred",
        _("Starred"),
        YES_NO,
        f"({P}.starred_until IS NOT NULL AND {P}.starred_until > now())",
        needs="pulse",
        attribute="is_starred",
        groupable=True,
    ),
    told(
        "starred_until",
        _("Starred until"),
        MOMENT,
        f"{P}.starred_until",
        needs="pulse",
        sort=_in_pulse("starred_until"),
    ),
    person("starred_by", _("Starred by"), f"{L}.starred_by_id", beside="starrer", attribute="starred_by"),
    told(
        "callback_at",
        _("Callback"),
        MOMENT,
        f"{P}.callback_at",
        needs="pulse",
        sort=_in_pulse("callback_at"),
    ),
    told(
        "callback_due",
        _("Callback due"),
        YES_NO,
        f"({P}.callback_at IS NOT NULL AND {P}.callback_at <= now())",
        needs="pulse",
        attribute="is_callback_due",
    ),
    told(
        "last_contact_at",
        _("Last contact"),
        MOMENT,
        f"{P}.last_contact_at",
        needs="pulse",
        attribute="pulse__last_contact_at",
        sort=_in_pulse("last_contact_at"),
    ),
    told(
        "last_outcome",
        _("Last outcome"),
        CHOICE,
        f"{P}.last_outcome",
        needs="pulse",
        attribute="pulse__last_outcome",
        choices=tuple(Activity.Outcome.choices),
        groupable=True,
    ),
    told(
        "first_contact_at",
        _("First contact"),
        MOMENT,
        f"{P}.first_contact_at",
        needs="pulse",
        attribute="pulse__first_contact_at",
    ),
    told("attempts", _("Attempts"), NUMBER, f"{P}.attempts", needs="pulse", attribute="pulse__attempts"),
    told(
        "score",
        _("Score"),
        NUMBER,
        f"{P}.score",
        needs="pulse",
        attribute="pulse__score",
        sort=_in_pulse("score", holds="number"),
    ),
    told(
        "score_band",
        _("Score band"),
        CHOICE,
        BAND,
        needs="pulse",
        choices=tuple(Band.choices),
        groupable=True,
    ),
    *CONVERTED,
    told("bad_number", _("Wrong number"), YES_NO, f"{L}.bad_number", groupable=True),
    told("zone", _("Local time zone"), TEXT, f"{L}.zone", max_length=64, groupable=True),
    told(
        "local_time",
        _("Local time"),
        TEXT,
        f"to_char(now() AT TIME ZONE nullif({L}.zone, ''), 'HH24:MI')",
        filterable=False,
    ),
    told("callable_now", _("May be called now"), YES_NO, CALLABLE_NOW, attribute="is_callable_now"),
    told("unclear", _("Kept as typed"), TAGS, f"{L}.unclear"),
    archived(L, attribute="is_archived"),
    created_at(L),
    updated_at(L),
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
            **joins_of_owner(L),
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
            record_id(L, synonyms=("lead id", "record id")),
            *GIVEN,
            *consents(L),
            *wishes(L),
            *WORKED,
            *TOLD_BY_PLATFORM,
            *MEASURED,
        ),
    )
)
