"""The fields of a credit: a deposit that counts for somebody's targets (PLT-6, PRF-2)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.automation.reaching import CREDITS
from leadline.core.fields import Catalogue, Sort, register
from leadline.core.fields.kinds import LINK, MOMENT, MONEY, TEXT
from leadline.core.fields.usual import person, record_id, team, told
from leadline.platform.fields.told import METHOD
from leadline.platform.fields.whose import sees_customers

CUSTOMER = "customers_customer"  # joined as far as the asker reaches it

CREDIT = register(
    Catalogue(
        kind="credit",
        label=_("Credited deposit"),
        plural=_("Credited deposits"),
        model="automation.Credit",
        table=CREDITS,
        joins={
            "user": f"LEFT JOIN people_user credited ON credited.id = {CREDITS}.user_id",
            "team": "LEFT JOIN people_team team ON team.id = credited.team_id",
            "payment": f"LEFT JOIN platform_payment ON platform_payment.id = {CREDITS}.payment_id",
            CUSTOMER: (
                f"LEFT JOIN platform_payment paid ON paid.id = {CREDITS}.payment_id"
                " LEFT JOIN platform_platformuser payer ON payer.id = paid.user_id"
                f" LEFT JOIN {CUSTOMER} ON {CUSTOMER}.id = payer.customer_id"
            ),
        },
        within_reach=(CUSTOMER,),
        default_columns=("at", "user", "method", "customer"),
        default_sort="-at",
        fields=(
            record_id(CREDITS),
            told(
                name="at",
                label=_("When"),
                kind=MOMENT,
                sql=f"{CREDITS}.at",
                sort=Sort(sql=f"{CREDITS}.at", holds="moment"),
            ),
            told(name="amount", label=_("Amount"), kind=MONEY, sql=f"{CREDITS}.amount"),
            told(
                name="currency",
                label=_("Currency"),
                kind=TEXT,
                sql=f"{CREDITS}.currency",
                max_length=3,
                groupable=True,
            ),
            person(
                "user", _("Account manager"), f"{CREDITS}.user_id", beside="user:credited", groupable=True
            ),
            team("credited.team_id", needs="user"),
            told(
                name="method",
                label=_("Method"),
                kind=METHOD,
                sql="platform_payment.method",
                needs="payment",
                max_length=60,
                groupable=True,
            ),
            told(
                name="customer",
                label=_("Customer"),
                kind=LINK,
                sql=f"{CUSTOMER}.id",
                links_to="customer",
                needs=CUSTOMER,
                shown=f"{CUSTOMER}.name",
                exported=f"{CUSTOMER}.name",
                shown_needs=CUSTOMER,
                visible=sees_customers,
            ),
        ),
    )
)
