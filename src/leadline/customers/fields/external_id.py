"""By what other systems know a record, as a field: shown, exported, asked for (CUS-20)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.fields import Cleaning, Field
from leadline.core.fields.kinds.base import no, words
from leadline.core.fields.kinds.texts import TextKind
from leadline.core.fields.usual import told


class ExternalIdKind(TextKind):
    """A system and the id it gave, with a colon between; several with commas."""

    key = "text"
    operators = ("equals",)

    def read(self, raw: Any, field: Field, context: Cleaning) -> str:
        """One system and id."""
        text = words(raw, field).strip()
        system, _colon, value = text.partition(":")
        if not system.strip() or not value.strip() or "," in text:
            message = _("%(field)s: “%(value)s”. Write the system and the id, such as HubSpot:12345.")
            raise no(field, raw, message)
        return f"{system.strip()}:{value.strip()}"


def external_id(kind: str) -> Field:
    """The field for a kind of record."""
    table = f"customers_{kind}externalid"
    of_record = f"customers_{kind}.id"

    def asked(written: str) -> tuple[str, list[Any]]:
        system, _colon, value = written.partition(":")
        sql = f"{of_record} IN (SELECT {kind}_id FROM {table} WHERE value = %s AND system = %s)"
        return sql, [value, system]

    return told(
        "external_id",
        gettext_lazy("External id"),
        ExternalIdKind(),
        f"(SELECT string_agg(known.system || ':' || known.value, ', ' ORDER BY known.system, known.value)"
        f" FROM {table} known WHERE known.{kind}_id = {of_record})",
        asks=asked,
        help=gettext_lazy("The system and its id, such as HubSpot:12345."),
        synonyms=("external id", "record id", "account id", "contact id", "organization - id", "person - id"),
    )
