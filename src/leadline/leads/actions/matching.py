"""Which drafts are leads that are here already: the same e-mail or phone is the same lead (LEA-2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from leadline.core.drafts import Draft
from leadline.core.sets import array_of
from leadline.leads.actions.columns import phone_of

# One writer at a time may ask "is it here?" and then add it: two imports of one file make one lead each.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('leads.matching'))"
_KNOWN = """
SELECT 'email', email, min(id) FROM leads_lead
 WHERE email = ANY(%s) AND email <> '' AND archived_at IS NULL GROUP BY 2
UNION ALL
SELECT 'phone', phone, min(id) FROM leads_lead
 WHERE phone = ANY(%s) AND phone <> '' AND NOT 'phone' = ANY(unclear) AND archived_at IS NULL GROUP BY 2
UNION ALL
SELECT 'id', id::text, id FROM leads_lead WHERE id = ANY(%s::bigint[]) AND archived_at IS NULL
"""
Identity = tuple[str, str]


@dataclass
class Known:
    """Identity ("email", address) → the oldest lead in use that has it."""

    ids: dict[Identity, int] = field(default_factory=dict)

    def of(self, identities: Iterable[Identity]) -> int | None:
        """The lead that the first of these identities names."""
        return next((self.ids[each] for each in identities if each in self.ids), None)


def identities_of(draft: Draft) -> list[Identity]:
    """By what a draft is known: an id if it gives one, else its e-mail, then its phone."""
    if draft.values.get("id"):
        return [("id", str(draft.values["id"]))]
    pairs = (("email", draft.values.get("email") or ""), ("phone", phone_of(draft)))
    return [(kind, value) for kind, value in pairs if value]


def known_leads(drafts: Sequence[Draft]) -> Known:
    """Which leads in use have an identity of drafts; archived ones don't count."""
    wanted: dict[str, set[str]] = {"email": set(), "phone": set(), "id": set()}
    for draft in drafts:
        for kind, value in identities_of(draft):
            wanted[kind].add(value)
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        cursor.execute(
            _KNOWN, [list(wanted["email"]), list(wanted["phone"]), array_of(map(int, wanted["id"]))]
        )
        return Known({(kind, value): pk for kind, value, pk in cursor.fetchall()})
