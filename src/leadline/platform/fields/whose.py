"""What events, payments and users of the platform share: the person behind, the customer, its owner."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Field
from leadline.core.fields.kinds import COUNTRY, EMAIL, LINK, NUMBER, TEXT
from leadline.core.fields.usual import person, team, told

U, C = "platform_platformuser", "customers_customer"
# Whoever sees such a row sees it through the customer; who belongs to none has no owner.
CUSTOMER = f"LEFT JOIN {C} ON {C}.id = {U}.customer_id"
OWNER = f"LEFT JOIN people_user owner ON owner.id = {C}.owner_id"
TEAM_OF_CUSTOMER = f"LEFT JOIN people_team team ON team.id = {C}.team_id"
NAME = f"coalesce(nullif({U}.name, ''), nullif({U}.email, ''), {U}.external_id)"


def of_user(table: str) -> dict[str, str]:
    """The joins of a table whose rows name a user of the platform."""
    user = f"LEFT JOIN {U} ON {U}.id = {table}.user_id {CUSTOMER}"
    return {"user": user, "owner": OWNER, "team": TEAM_OF_CUSTOMER}


def sees_customers(user: Any) -> bool:
    """Which customer it is, is told to those whose role shows customers."""
    return user is None or user.is_system or user.may("customer", "view")


def fields_of_user(*, needs: str) -> tuple[Field, ...]:
    """Who it is, with the customer and its owner."""
    return (
        told("external_id", _("Platform id"), TEXT, f"{U}.external_id", needs=needs, max_length=200),
        told("email", _("E-mail"), EMAIL, f"{U}.email", needs=needs, lower=True),
        *fields_of_customer(f"{U}.customer_id", needs=needs),
    )


def fields_of_customer(customer_id: str, *, needs: str) -> tuple[Field, ...]:
    """Which customer it is, by SQL of its key, with its owner and team; for whose role shows customers."""
    return (
        told(
            "customer",
            _("Customer"),
            LINK,
            customer_id,
            links_to="customer",
            needs=needs,
            shown=f"{C}.name",
            exported=f"{C}.name",
            shown_needs=needs,
            visible=sees_customers,
        ),
        told(
            "customer_id",
            _("Id of the customer"),
            NUMBER,
            customer_id,
            needs=needs,
            visible=sees_customers,
        ),
        person(
            "owner",
            _("Owner"),
            f"{C}.owner_id",
            beside="owner",
            needs=needs,
            visible=sees_customers,
            groupable=True,
        ),
        _team(needs),
    )


def _team(needs: str) -> Field:
    """The team that the customer is in."""
    return team(f"{C}.team_id", needs=needs, visible=sees_customers)


def country(sql: str, **more: Any) -> Field:
    """A country as a field."""
    return told("country", _("Country"), COUNTRY, sql, groupable=True, **more)
