"""The fields of customers and contacts, declared once for lists, filters, forms, files and the API."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Link, Sort, register
from leadline.core.fields.kinds import (
    CHOICE,
    COUNTRY,
    DATE,
    EMAIL,
    LANGUAGE,
    LINK,
    LONG_TEXT,
    MOMENT,
    NUMBER,
    PHONE,
    TAGS,
    TEAM,
    TEXT,
    TIME_ZONE,
    USER,
    WEBSITE,
    YES_NO,
)
from leadline.core.subjects import register_subject
from leadline.customers.models import Customer

C = "customers_customer"
P = "customers_contact"

CUSTOMER = register(
    Catalogue(
        kind="customer",
        label=_("Customer"),
        plural=_("Customers"),
        model="customers.Customer",
        table=C,
        archived_sql=f"{C}.archived_at",
        joins={
            "owner": f"LEFT JOIN people_user owner ON owner.id = {C}.owner_id",
            "team": f"LEFT JOIN people_team team ON team.id = {C}.team_id",
            "parent": f"LEFT JOIN {C} parent ON parent.id = {C}.parent_id",
            "pulse": f"LEFT JOIN customers_pulse ON customers_pulse.customer_id = {C}.id",
        },
        links=(
            Link(
                name="contacts",
                label=_("Contacts"),
                kind="contact",
                on=f"{P}.customer_id = {C}.id",
                always=f"{P}.archived_at IS NULL",
            ),
            Link(
                name="activities",
                label=_("Activities"),
                kind="activity",
                on=f"timeline_activity.customer_id = {C}.id",
                always="timeline_activity.archived_at IS NULL",
                sums=("duration",),
                dates=("at",),
            ),
        ),
        default_columns=("name", "status", "email", "phone", "industry", "city", "owner", "last_interaction_at"),
        default_sort="name",
        fields=(
            Field(
                name="id", label=_("Id"), kind=NUMBER, sql=f"{C}.id", editable=False, importable=False,
                synonyms=("customer id", "record id"),
            ),
            Field(
                name="name", label=_("Name"), kind=TEXT, sql=f"{C}.name", required=True, max_length=200,
                sort=Sort(sql=f"{C}.name_key"),
                synonyms=(
                    "company", "company name", "account", "account name", "organisation", "organization",
                    "customer", "full name", "business name", "nama", "nama perusahaan", "perusahaan",
                ),
            ),
            Field(
                name="email", label=_("E-mail"), kind=EMAIL, sql=f"{C}.email", required=True, max_length=254,
                lower=True,
                synonyms=("e-mail", "email address", "mail", "primary email", "surel", "alamat email"),
            ),
            Field(
                name="phone", label=_("Phone"), kind=PHONE, sql=f"{C}.phone", max_length=60,
                synonyms=("phone number", "telephone", "tel", "mobile", "main phone", "telepon", "no hp", "nomor telepon"),
            ),
            Field(
                name="website", label=_("Website"), kind=WEBSITE, sql=f"{C}.website", max_length=300,
                synonyms=("url", "web", "site", "homepage", "company domain name", "domain", "situs web"),
            ),
            Field(
                name="industry", label=_("Industry"), kind=TEXT, sql=f"{C}.industry", max_length=100,
                groupable=True, synonyms=("sector", "branch", "industri", "bidang usaha"),
            ),
            Field(
                name="status", label=_("Status"), kind=CHOICE, sql=f"{C}.status", choices=tuple(Customer.Status.choices),
                always_set=True, groupable=True, synonyms=("state", "account status", "lifecycle stage"),
            ),
            Field(
                name="kind", label=_("Kind"), kind=CHOICE, sql=f"{C}.kind", choices=tuple(Customer.Kind.choices),
                always_set=True, groupable=True, synonyms=("type", "customer type", "account type", "jenis"),
            ),
            Field(
                name="tier", label=_("Tier"), kind=CHOICE, sql=f"{C}.tier", choices=tuple(Customer.Tier.choices),
                always_set=True, groupable=True, synonyms=("level", "rating"),
            ),
            Field(
                name="desk", label=_("Desk"), kind=CHOICE, sql=f"{C}.desk", choices=tuple(Customer.Desk.choices),
                groupable=True,
            ),
            Field(
                name="owner", label=_("Owner"), kind=USER, sql=f"{C}.owner_id", attribute="owner",
                shown="owner.name", exported="owner.email", shown_needs="owner", groupable=True,
                synonyms=("account owner", "company owner", "sales rep", "account manager", "responsible", "pemilik"),
            ),
            Field(
                name="team", label=_("Team"), kind=TEAM, sql=f"{C}.team_id", attribute="team", editable=False,
                importable=False, shown="team.name", exported="team.name", shown_needs="team", groupable=True,
            ),
            Field(
                name="tags", label=_("Tags"), kind=TAGS, sql=f"{C}.tags", synonyms=("labels", "keywords", "label", "tag"),
            ),
            Field(
                name="last_interaction_at", label=_("Last interaction"), kind=MOMENT,
                sql="customers_pulse.last_interaction_at", needs="pulse", editable=False, importable=False,
                attribute="pulse__last_interaction_at",
                sort=Sort(
                    sql="customers_pulse.last_interaction_at", holds="moment", nullable=True, table="customers_pulse",
                    id_sql="customers_pulse.customer_id",
                    join=f"JOIN {C} ON {C}.id = customers_pulse.customer_id",
                ),
            ),
            Field(
                name="address", label=_("Address"), kind=TEXT, sql=f"{C}.address", max_length=300,
                synonyms=("street", "street address", "billing street", "address line 1", "alamat", "jalan"),
            ),
            Field(
                name="city", label=_("City"), kind=TEXT, sql=f"{C}.city", max_length=100, groupable=True,
                synonyms=("town", "billing city", "kota"),
            ),
            Field(
                name="region", label=_("Region"), kind=TEXT, sql=f"{C}.region", max_length=100, groupable=True,
                synonyms=("state/region", "province", "billing state", "county", "provinsi"),
            ),
            Field(
                name="postcode", label=_("Postcode"), kind=TEXT, sql=f"{C}.postcode", max_length=20,
                synonyms=("zip", "zip code", "postal code", "billing postal code", "kode pos"),
            ),
            Field(
                name="country", label=_("Country"), kind=COUNTRY, sql=f"{C}.country", groupable=True,
                synonyms=("country/region", "billing country", "negara"),
            ),
            Field(
                name="language", label=_("Language"), kind=LANGUAGE, sql=f"{C}.language", groupable=True,
                synonyms=("preferred language", "bahasa"),
            ),
            Field(name="time_zone", label=_("Time zone"), kind=TIME_ZONE, sql=f"{C}.time_zone", synonyms=("timezone",)),
            Field(
                name="source", label=_("Source"), kind=TEXT, sql=f"{C}.source", max_length=100, groupable=True,
                synonyms=("lead source", "original source", "sumber"),
            ),
            Field(
                name="parent", label=_("Parent customer"), kind=LINK, sql=f"{C}.parent_id", attribute="parent",
                links_to="customer", shown="parent.name", exported="parent.name", shown_needs="parent",
                synonyms=("parent company", "parent account"),
            ),
            Field(
                name="customer_since", label=_("Customer since"), kind=DATE, sql=f"{C}.customer_since",
                synonyms=("since", "close date", "pelanggan sejak"),
            ),
            Field(
                name="description", label=_("Description"), kind=LONG_TEXT, sql=f"{C}.description", max_length=10_000,
                synonyms=("about", "about us", "notes", "deskripsi", "keterangan"),
            ),
            Field(
                name="requirements", label=_("Preferences and requirements"), kind=LONG_TEXT, sql=f"{C}.requirements",
                max_length=10_000, synonyms=("preferences", "kebutuhan"),
            ),
            Field(
                name="blocked", label=_("Blocked"), kind=YES_NO, sql=f"({C}.blocked_at IS NOT NULL)", editable=False,
                importable=False, groupable=True, attribute="is_blocked",
            ),
            Field(
                name="archived", label=_("Archived"), kind=YES_NO, sql=f"({C}.archived_at IS NOT NULL)",
                editable=False, importable=False, attribute="is_archived",
            ),
            Field(
                name="created_at", label=_("Created"), kind=MOMENT, sql=f"{C}.created_at", editable=False,
                importable=False, sort=Sort(sql=f"{C}.created_at", holds="moment"),
            ),
            Field(
                name="updated_at", label=_("Changed"), kind=MOMENT, sql=f"{C}.updated_at", editable=False,
                importable=False,
            ),
        ),
    )
)  # fmt: skip

CONTACT = register(
    Catalogue(
        kind="contact",
        label=_("Contact"),
        plural=_("Contacts"),
        model="customers.Contact",
        table=P,
        archived_sql=f"{P}.archived_at",
        joins={
            "customer": f"JOIN {C} ON {C}.id = {P}.customer_id",
            "owner": f"LEFT JOIN people_user owner ON owner.id = {C}.owner_id",
        },
        default_columns=("name", "title", "customer", "email", "phone", "is_primary"),
        default_sort="name",
        scope_table=C,
        scope_needs="customer",
        fields=(
            Field(name="id", label=_("Id"), kind=NUMBER, sql=f"{P}.id", editable=False, importable=False),
            Field(
                name="name", label=_("Name"), kind=TEXT, sql=f"{P}.name", required=True, max_length=200,
                sort=Sort(sql=f"{P}.name_key"), synonyms=("contact", "contact name", "full name", "nama", "nama kontak"),
            ),
            Field(
                name="customer", label=_("Customer"), kind=LINK, sql=f"{P}.customer_id", attribute="customer",
                links_to="customer", shown=f"{C}.name", exported=f"{C}.email", shown_needs="customer", required=True,
                synonyms=("company", "account", "account name", "company name", "organization", "perusahaan"),
            ),
            Field(
                name="email", label=_("E-mail"), kind=EMAIL, sql=f"{P}.email", required=True, max_length=254, lower=True,
                synonyms=("e-mail", "email address", "mail", "surel"),
            ),
            Field(
                name="phone", label=_("Phone"), kind=PHONE, sql=f"{P}.phone", max_length=60,
                synonyms=("phone number", "telephone", "mobile", "mobile phone", "direct line", "telepon", "no hp"),
            ),
            Field(
                name="title", label=_("Job title"), kind=TEXT, sql=f"{P}.title", max_length=100, groupable=True,
                synonyms=("title", "position", "role", "jabatan"),
            ),
            Field(
                name="department", label=_("Department"), kind=TEXT, sql=f"{P}.department", max_length=100,
                groupable=True, synonyms=("team", "division", "departemen", "bagian"),
            ),
            Field(
                name="is_primary", label=_("Primary"), kind=YES_NO, sql=f"{P}.is_primary",
                synonyms=("primary contact", "main contact", "utama"),
            ),
            Field(
                name="language", label=_("Language"), kind=LANGUAGE, sql=f"{P}.language", synonyms=("bahasa",),
            ),
            Field(
                name="do_not_call", label=_("Do not call"), kind=YES_NO, sql=f"{P}.do_not_call",
                synonyms=("do not phone", "jangan telepon"),
            ),
            Field(
                name="do_not_email", label=_("Do not e-mail"), kind=YES_NO, sql=f"{P}.do_not_email",
                synonyms=("unsubscribed", "email opt out", "jangan email"),
            ),
            Field(
                name="archived", label=_("Archived"), kind=YES_NO, sql=f"({P}.archived_at IS NOT NULL)",
                editable=False, importable=False, attribute="archived_at",
            ),
            Field(
                name="created_at", label=_("Created"), kind=MOMENT, sql=f"{P}.created_at", editable=False,
                importable=False,
            ),
            Field(
                name="updated_at", label=_("Changed"), kind=MOMENT, sql=f"{P}.updated_at", editable=False,
                importable=False,
            ),
        ),
    )
)  # fmt: skip

register_subject("customer", "customers.Customer")
