"""The fields of a payment (PLT-5)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Sort, register
from leadline.core.fields.kinds import CHOICE, MOMENT, MONEY, TEXT
from leadline.core.fields.usual import record_id, told
from leadline.platform.fields.told import METHOD, OF_ONE_CURRENCY, REASON
from leadline.platform.fields.whose import NAME, C, country, fields_of_user, of_user
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
            record_id(P),
            told("payer", _("Payer"), TEXT, NAME, needs="user"),
            told("at", _("When"), MOMENT, f"{P}.at", sort=Sort(sql=f"{P}.at", holds="moment")),
            told("kind", _("Kind"), CHOICE, f"{P}.kind", choices=tuple(Payment.Kind.choices), groupable=True),
            told(
                "state",
                _("Outcome"),
                CHOICE,
                f"{P}.state",
                choices=tuple(Payment.State.choices),
                groupable=True,
            ),
            told("method", _("Method"), METHOD, f"{P}.method", max_length=60, groupable=True),
            told("amount", _("Amount"), MONEY, f"{P}.amount", help=OF_ONE_CURRENCY),
            told("currency", _("Currency"), TEXT, f"{P}.currency", max_length=3, groupable=True),
            told("reason", _("Reason"), REASON, f"{P}.reason", max_length=100, groupable=True),
            told("account", _("Account"), CHOICE, f"{P}.account", choices=tuple(Payment.Account.choices)),
            told("made_by", _("Made by"), CHOICE, f"{P}.made_by", choices=tuple(Payment.MadeBy.choices)),
            country(f"{P}.country"),
            *fields_of_user(needs="user"),
            told("event_id", _("Event"), TEXT, f"{P}.event_id", max_length=200),
            told("received_at", _("Received"), MOMENT, f"{P}.received_at"),
        ),
    )
)
