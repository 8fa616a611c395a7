"""The fields of a user of the platform (PLT-3, PLT-4)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.kinds import LANGUAGE, MOMENT, MONEY, NUMBER, PHONE, TEXT, YES_NO, Kind
from leadline.core.fields.usual import record_id, told
from leadline.platform.fields.told import OF_ONE_CURRENCY
from leadline.platform.fields.whose import (
    CUSTOMER,
    NAME,
    OWNER,
    TEAM_OF_CUSTOMER,
    C,
    U,
    country,
    fields_of_user,
)

P = "platform_platformpulse"
# Exact to the second, also before the task of each minute has looked who fell silent.
IS_ONLINE = (
    f"coalesce({P}.online_since IS NOT NULL AND {P}.last_seen_at > now() - make_interval(mins => coalesce("
    "(SELECT online_minutes FROM platform_platformrules WHERE id = 1), 5)), false)"
)


def _of_pulse(name: str, label: Any, kind: Kind, **more: Any) -> Field:
    return told(name, label, kind, f"{P}.{name}", needs="pulse", **more)


PLATFORM_USER = register(
    Catalogue(
        kind="platform_user",
        label=_("User of the platform"),
        plural=_("Users of the platform"),
        model="platform.PlatformUser",
        table=U,
        joins={
            "customer": CUSTOMER,
            "owner": OWNER,
            "team": TEAM_OF_CUSTOMER,
            "pulse": f"LEFT JOIN {P} ON {P}.user_id = {U}.id",
        },
        default_columns=("name", "email", "customer", "online", "last_seen_at", "owner"),
        default_sort="-id",
        scope_table=C,
        scope_needs="customer",
        fields=(
            record_id(U, sort=Sort(sql=f"{U}.id", holds="number")),
            told("name", _("Name"), TEXT, NAME),
            *fields_of_user(needs="customer"),
            told("phone", _("Phone"), PHONE, f"{U}.phone"),
            country(f"{U}.country"),
            told("language", _("Language"), LANGUAGE, f"{U}.language"),
            told("registered_at", _("Registered"), MOMENT, f"{U}.registered_at"),
            told("online", _("Online"), YES_NO, IS_ONLINE, needs="pulse"),
            _of_pulse("online_since", _("Online since"), MOMENT),
            _of_pulse("last_seen_at", _("Last seen"), MOMENT),
            _of_pulse("last_login_at", _("Last login"), MOMENT),
            _of_pulse("page", _("Page"), TEXT),
            _of_pulse("device", _("Device"), TEXT),
            _of_pulse("balance", _("Balance"), MONEY, help=OF_ONE_CURRENCY),
            _of_pulse("balance_currency", _("Currency of the balance"), TEXT),
            _of_pulse("deposits", _("Deposits"), NUMBER),
            _of_pulse("failed_deposits", _("Failed deposits"), NUMBER),
            _of_pulse("last_deposit_at", _("Last deposit"), MOMENT),
        ),
    )
)
