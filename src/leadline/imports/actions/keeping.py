"""Kept mappings: what a person chose for the columns of a source; renamed and removed by that person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.refusals import RuleBroken
from leadline.imports import policies
from leadline.imports.models import SavedMapping

LONGEST = 100


@action
def rename_mapping(mapping: SavedMapping, *, name: str, by: Actor) -> SavedMapping:
    """Call a kept mapping something. Raises `RuleBroken` naming the field."""
    require(policies.may_change_mapping(by.user, mapping), _("Only who kept this mapping can change it."))
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        message = _("Give the mapping a name of at most %(most)s characters.")
        raise RuleBroken(message % {"most": LONGEST}, field="name", value=name)
    mapping.name = name
    mapping.save(update_fields=["name"])
    return mapping


@action
def remove_mapping(mapping: SavedMapping, *, by: Actor) -> None:
    """Forget a kept mapping; the next file with these columns is proposed anew."""
    require(policies.may_change_mapping(by.user, mapping), _("Only who kept this mapping can change it."))
    mapping.delete()
