"""The fields of a procedure and of what is checked, for lists, filters, history and the API (LEA-10)."""

from django.utils.translation import gettext_lazy as _

from leadline.compliance.models import Procedure
from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.kinds import CHOICE, DATE, MOMENT, NUMBER, TEXT
from leadline.core.fields.usual import person, record_id, told

P = "compliance_procedure"
ITEMS = "compliance_item"
# Whose the customer is, or the lead while there is none, decides who sees it (ALL-3).
WHOSE = (
    "LEFT JOIN LATERAL (SELECT customer.name, customer.owner_id, customer.team_id, customer.territory_id,"
    f" customer.country FROM customers_customer customer WHERE customer.id = {P}.customer_id UNION ALL"
    " SELECT lead.name, lead.owner_id, lead.team_id, lead.territory_id, lead.country FROM leads_lead lead"
    f" WHERE lead.id = {P}.lead_id AND {P}.customer_id IS NULL) AS whose ON TRUE"
)


PROCEDURE = register(
    Catalogue(
        kind="procedure",
        label=_("Compliance procedure"),
        plural=_("Compliance procedures"),
        model="compliance.Procedure",
        table=P,
        scope_table="whose",
        scope_needs="whose",
        joins={
            "whose": WHOSE,
            "owner": "LEFT JOIN people_user procedure_owner ON procedure_owner.id = whose.owner_id",
            "decider": f"LEFT JOIN people_user procedure_decider ON procedure_decider.id = {P}.decided_by_id",
        },
        default_columns=("name", "state", "owner", "deposited_at", "amount", "expires_on", "created_at"),
        default_sort="-created_at",
        fields=(
            record_id(P),
            told("name", _("Name"), TEXT, "whose.name", needs="whose"),
            told(
                "state",
                _("State"),
                CHOICE,
                f"{P}.state",
                choices=tuple(Procedure.State.choices),
                groupable=True,
            ),
            told("state_since", _("In this state since"), MOMENT, f"{P}.state_since"),
            person(
                "owner",
                _("Owner"),
                "whose.owner_id",
                beside="owner:procedure_owner",
                needs="whose",
                groupable=True,
            ),
            told("deposited_at", _("First deposit"), MOMENT, f"{P}.deposited_at"),
            told("amount", _("Deposited"), NUMBER, f"{P}.amount"),
            told("currency", _("Currency"), TEXT, f"{P}.currency", max_length=3, groupable=True),
            told("reason", _("Reason"), TEXT, f"{P}.reason", max_length=500),
            person("decided_by", _("Decided by"), f"{P}.decided_by_id", beside="decider:procedure_decider"),
            told("decided_at", _("Decided"), MOMENT, f"{P}.decided_at"),
            told(
                "expires_on",
                _("Expires"),
                DATE,
                f"{P}.expires_on",
                sort=Sort(sql=f"{P}.expires_on", holds="date", nullable=True),
            ),
            told("lead_id", _("Lead (id)"), NUMBER, f"{P}.lead_id"),
            told("customer_id", _("Customer (id)"), NUMBER, f"{P}.customer_id"),
            told(
                "created_at",
                _("Started"),
                MOMENT,
                f"{P}.created_at",
                sort=Sort(sql=f"{P}.created_at", holds="moment"),
            ),
        ),
    )
)
ITEM = register(
    Catalogue(
        kind="compliance_item",
        label=_("Item of compliance"),
        plural=_("Items of compliance"),
        model="compliance.Item",
        table=ITEMS,
        default_columns=("name",),
        default_sort="name",
        fields=(
            Field(
                name="name",
                label=_("Name"),
                kind=TEXT,
                sql=f"{ITEMS}.name",
                required=True,
                max_length=60,
                sort=Sort(sql=f"{ITEMS}.name"),
            ),
            told("help", _("What is wanted"), TEXT, f"{ITEMS}.help", max_length=300),
            told("months", _("Valid for months"), NUMBER, f"{ITEMS}.months"),
            told("retired_at", _("Retired"), MOMENT, f"{ITEMS}.retired_at"),
        ),
    )
)
