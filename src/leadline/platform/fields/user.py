"""The fields of a user of the platform (PLT-3, PLT-4)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.kinds import LANGUAGE, MOMENT, MONEY, NUMBER, PHONE, TEXT, YES_NO, Kind
from leadline.platform.fields.whose import (
    CUSTOMER,
    NAME,
    OWNER,
    TEAM_OF_CUSTOMER,
    C,
    U,
    country,
    fields_of_user,
    read_only,
)

P = "platform_platformpulse"
# Exact to the second, also before the task of each minute has looked who fell silent.
IS_ONLINE = (
    f"coalesce({P}.online_since IS NOT NULL AND {P}.last_seen_at > now() - make_interval(mins => coalesce("
    "(SELECT online_minutes FROM platform_platformrules WHERE id = 1), 5)), false)"
)


def _of_pulse(name: str, label: Any, kind: Kind) -> Field:
    return read_only(name=name, label=label, kind=kind, sql=f"{P}.{name}", needs="pulse")


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
            read_only(
                name="id",
                label=_("Id"),
                kind=NUMBER,
                sql=f"{U}.id",
                sort=Sort(sql=f"{U}.id", holds="number"),
            ),
            read_only(name="name", label=_("Name"), kind=TEXT, sql=NAME),
            *fields_of_user(needs="customer"),
            read_only(name="phone", label=_("Phone"), kind=PHONE, sql=f"{U}.phone"),
            country(f"{U}.country"),
            read_only(name="language", label=_("Language"), kind=LANGUAGE, sql=f"{U}.language"),
            read_only(name="registered_at", label=_("Registered"), kind=MOMENT, sql=f"{U}.registered_at"),
            read_only(name="online", label=_("Online"), kind=YES_NO, sql=IS_ONLINE, needs="pulse"),
            _of_pulse("online_since", _("Online since"), MOMENT),
            _of_pulse("last_seen_at", _("Last seen"), MOMENT),
            _of_pulse("last_login_at", _("Last login"), MOMENT),
            _of_pulse("page", _("Page"), TEXT),
            _of_pulse("device", _("Device"), TEXT),
            _of_pulse("balance", _("Balance"), MONEY),
            _of_pulse("balance_currency", _("Currency of the balance"), TEXT),
            _of_pulse("deposits", _("Deposits"), NUMBER),
            _of_pulse("failed_deposits", _("Failed deposits"), NUMBER),
            _of_pulse("last_deposit_at", _("Last deposit"), MOMENT),
        ),
    )
)
