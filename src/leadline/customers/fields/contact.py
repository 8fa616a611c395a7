"""The fields of a contact (CUS-11)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.kinds import (
    LINK,
    TEXT,
    YES_NO,
)
from leadline.core.fields.usual import archived, created_at, record_id, updated_at
from leadline.customers.fields.external_id import external_id
from leadline.customers.fields.person import email, language, phone
from leadline.customers.fields.wishes import consents, wishes
from leadline.segments.fields import segments_field

C = "customers_customer"
P = "customers_contact"

CONTACT = register(
    Catalogue(
        kind="contact",
        label=_("Contact"),
        plural=_("Contacts"),
        model="customers.Contact",
        table=P,
        archived_sql=f"{P}.archived_at",
        custom=f"{P}.custom",
        joins={
            "customer": f"JOIN {C} ON {C}.id = {P}.customer_id",
            "owner": f"LEFT JOIN people_user owner ON owner.id = {C}.owner_id",
        },
        default_columns=("name", "title", "customer", "email", "phone", "is_primary"),
        default_sort="name",
        scope_table=C,
        scope_needs="customer",
        fields=(
            record_id(P),
            external_id("contact"),
            Field(
                name="name",
                label=_("Name"),
                kind=TEXT,
                sql=f"{P}.name",
                required=True,
                max_length=200,
                sort=Sort(sql=f"{P}.name_key"),
                synonyms=("contact", "contact name", "full name", "nama", "nama kontak"),
            ),
            Field(
                name="customer",
                label=_("Customer"),
                kind=LINK,
                sql=f"{P}.customer_id",
                attribute="customer",
                links_to="customer",
                shown=f"{C}.name",
                exported=f"{C}.email",
                shown_needs="customer",
                required=True,
                synonyms=("company", "account", "account name", "company name", "organization", "perusahaan"),
            ),
            email(P, required=True, synonyms=("e-mail", "email address", "mail", "surel")),
            phone(
                P, ("phone number", "telephone", "mobile", "mobile phone", "direct line", "telepon", "no hp")
            ),
            Field(
                name="title",
                label=_("Job title"),
                kind=TEXT,
                sql=f"{P}.title",
                max_length=100,
                groupable=True,
                synonyms=("title", "position", "role", "jabatan"),
            ),
            Field(
                name="department",
                label=_("Department"),
                kind=TEXT,
                sql=f"{P}.department",
                max_length=100,
                groupable=True,
                synonyms=("team", "division", "departemen", "bagian"),
            ),
            Field(
                name="is_primary",
                label=_("Primary"),
                kind=YES_NO,
                sql=f"{P}.is_primary",
                synonyms=("primary contact", "main contact", "utama"),
            ),
            language(P, synonyms=("bahasa",)),
            *consents(P),
            *wishes(P),
            segments_field("contact", f"{P}.id"),
            archived(P),
            created_at(P),
            updated_at(P),
        ),
    )
)
