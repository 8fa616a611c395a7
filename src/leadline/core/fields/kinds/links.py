"""Kinds that point at something else: a user, a team, another record; and tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leadline.core.fields.kinds.base import Kind, no, words

if TYPE_CHECKING:
    from leadline.core.fields.cleaning import Cleaning, Viewer
    from leadline.core.fields.field import Field

LARGEST_ID = 2**63 - 1
MOST_TAGS, LONGEST_TAG = 50, 50


class LinkKind(Kind):
    """A record of another kind, stored by its id; named by id, or by what the context can find."""

    key = "link"
    family = "link"
    operators: tuple[str, ...] = ("equals", "not_equals", "in", "not_in", "is_empty", "is_not_empty")

    def read(self, raw: Any, field: Field, context: Cleaning) -> int:
        """The id of the one named. Whether the person may name it, the context's finder decides."""
        text = str(getattr(raw, "pk", "") or words(raw, field)).strip()
        found = context.find(self.target(field), text)
        if found is None:
            raise no(field, raw, self.unknown())
        return found

    def target(self, field: Field) -> str:
        """What kind of thing the finder is to look for."""
        return field.links_to

    def custom_sql(self, column: str, name: str) -> str:
        """As an id."""
        return f"({column} ->> '{name}')::bigint"

    def unknown(self) -> str:
        """The words when nothing was found."""
        return _("%(field)s: “%(value)s” was not found. Accepted: its id or its exact name.")


class UserKind(LinkKind):
    """A user, found by id or e-mail."""

    key = "user"
    operators = ("is_me", *LinkKind.operators)

    def target(self, field: Field) -> str:
        """A user."""
        return "user"

    def unknown(self) -> str:
        """The words when nobody was found."""
        return _("%(field)s: no user “%(value)s” was found. Accepted: the e-mail of a user, or the id.")


class TeamKind(LinkKind):
    """A team, found by id or name."""

    key = "team"

    def target(self, field: Field) -> str:
        """A team."""
        return "team"


class TerritoryKind(LinkKind):
    """A territory, found by id or name."""

    key = "territory"

    def target(self, field: Field) -> str:
        """A territory."""
        return "territory"


class TagsKind(Kind):
    """Several short words, in the order given, each once."""

    key = "tags"
    family = "tags"
    operators = ("has_any", "has_all", "has_none", "is_empty", "is_not_empty")

    def clean(self, raw: Any, field: Field, context: Cleaning) -> list[str]:
        """Nothing given is no tags."""
        return super().clean(raw, field, context) or []

    def read(self, raw: Any, field: Field, context: Cleaning) -> list[str]:
        """Tags from a list, or from a text with commas or semicolons between."""
        parts = raw if isinstance(raw, list | tuple) else re.split(r"[,;\n]", words(raw, field))
        tags = list(
            dict.fromkeys(tag for tag in (" ".join(words(part, field).split()) for part in parts) if tag)
        )
        if len(tags) > MOST_TAGS:
            raise no(
                field, len(tags), _("%(field)s: at most {most} tags, not %(value)s.").format(most=MOST_TAGS)
            )
        for tag in tags:
            if len(tag) > LONGEST_TAG or "," in tag or ";" in tag:
                message = _(
                    "%(field)s: “%(value)s” is no tag: at most {most} characters, no comma or semicolon."
                )
                raise no(field, tag, message.format(most=LONGEST_TAG))
        return tags

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """With commas between."""
        return ", ".join(value or ())

    def export(self, value: Any, field: Field) -> str:
        """The same: an import takes it apart again."""
        return ", ".join(value or ())

    def export_sql(self, sql: str) -> str:
        """The same in SQL."""
        return f"array_to_string({sql}, ', ')"


LINK, USER, TEAM, TERRITORY, TAGS = LinkKind(), UserKind(), TeamKind(), TerritoryKind(), TagsKind()
