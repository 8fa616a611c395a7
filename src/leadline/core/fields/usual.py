"""Fields that most objects have, so that a catalogue spells out only what is its own."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.fields.field import Field, Text
from leadline.core.fields.kinds import MOMENT, NUMBER, TEAM, USER, YES_NO, Kind


def told(name: str, label: Text, kind: Kind, sql: str, **more: Any) -> Field:
    """A field that people read and filter by: it changes through verbs, no form or file sets it."""
    return Field(name=name, label=label, kind=kind, sql=sql, editable=False, importable=False, **more)


def record_id(table: str, **more: Any) -> Field:
    """The number of a record."""
    return told("id", _("Id"), NUMBER, f"{table}.id", **more)


def person(name: str, label: Text, sql: str, *, beside: str, **more: Any) -> Field:
    """Somebody of the house, by the join called `beside` or by the alias that stands in it (`join:alias`)."""
    join, _colon, alias = beside.partition(":")
    shown = alias or join
    return told(
        name, label, USER, sql, shown=f"{shown}.name", exported=f"{shown}.email", shown_needs=join, **more
    )


def team(sql: str, **more: Any) -> Field:
    """A team, by the join of that name."""
    named = {"shown": "team.name", "exported": "team.name", "shown_needs": "team"}
    return told("team", _("Team"), TEAM, sql, **named, groupable=True, **more)


def archived(table: str, *, attribute: str = "archived_at") -> Field:
    """Whether a record is out of use."""
    return told("archived", _("Archived"), YES_NO, f"({table}.archived_at IS NOT NULL)", attribute=attribute)


def created_at(table: str, **more: Any) -> Field:
    """When a record was made."""
    return told("created_at", _("Created"), MOMENT, f"{table}.created_at", **more)


def updated_at(table: str) -> Field:
    """When a record was changed last."""
    return told("updated_at", _("Changed"), MOMENT, f"{table}.updated_at")
