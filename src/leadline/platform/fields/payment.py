"""The fields of a payment (PLT-5)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Sort, register
from leadline.core.fields.kinds import CHOICE, MOMENT, MONEY, NUMBER, TEXT
from leadline.platform.fields.told import METHOD, REASON
from leadline.platform.fields.whose import NAME, C, country, fields_of_user, of_user, read_only
from leadline.platform.models import Payment

P = "platform_payment"

PAYMENT = register(
    Catalogue(
        kind="payment",
        label=_("Payment"),
        plural=_("Payments"),
        model="platform.Payment",
        table=P,
        joins=of_user(P),
        default_columns=(
            "payer",
            "at",
            "kind",
            "state",
            "method",
            "amount",
            "currency",
            "reason",
            "country",
            "owner",
        ),
        default_sort="-at",
        scope_table=C,
        scope_needs="user",
        fields=(
            read_only(name="id", label=_("Id"), kind=NUMBER, sql=f"{P}.id"),
            read_only(name="payer", label=_("Payer"), kind=TEXT, sql=NAME, needs="user"),
            read_only(
                name="at",
                label=_("When"),
                kind=MOMENT,
                sql=f"{P}.at",
                sort=Sort(sql=f"{P}.at", holds="moment"),
            ),
            read_only(
                name="kind",
                label=_("Kind"),
                kind=CHOICE,
                sql=f"{P}.kind",
                choices=tuple(Payment.Kind.choices),
                groupable=True,
            ),
            read_only(
                name="state",
                label=_("Outcome"),
                kind=CHOICE,
                sql=f"{P}.state",
                choices=tuple(Payment.State.choices),
                groupable=True,
            ),
            read_only(
                name="method",
                label=_("Method"),
                kind=METHOD,
                sql=f"{P}.method",
                max_length=60,
                groupable=True,
            ),
            read_only(name="amount", label=_("Amount"), kind=MONEY, sql=f"{P}.amount"),
            read_only(
                name="currency",
                label=_("Currency"),
                kind=TEXT,
                sql=f"{P}.currency",
                max_length=3,
                groupable=True,
            ),
            read_only(
                name="reason",
                label=_("Reason"),
                kind=REASON,
                sql=f"{P}.reason",
                max_length=100,
                groupable=True,
            ),
            read_only(
                name="account",
                label=_("Account"),
                kind=CHOICE,
                sql=f"{P}.account",
                choices=tuple(Payment.Account.choices),
            ),
            read_only(
                name="made_by",
                label=_("Made by"),
                kind=CHOICE,
                sql=f"{P}.made_by",
                choices=tuple(Payment.MadeBy.choices),
            ),
            country(f"{P}.country"),
            *fields_of_user(needs="user"),
            read_only(name="event_id", label=_("Event"), kind=TEXT, sql=f"{P}.event_id", max_length=200),
            read_only(name="received_at", label=_("Received"), kind=MOMENT, sql=f"{P}.received_at"),
        ),
    )
)
