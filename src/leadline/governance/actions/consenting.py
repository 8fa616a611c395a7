"""Consents are written one after the other and never changed (PPL-8)."""

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.merging import Merge, Merging
from leadline.core.privacy import Erased, Person
from leadline.core.refusals import RuleBroken
from leadline.governance.models import Channel, Consent, Contactable

FROM_MERGE = "merge"  # what followed for the survivor from the consents of all
# One row for each channel whose column says otherwise than its newest consent.
_FOLLOW = """
INSERT INTO governance_consent
       (kind, record_id, channel, state, stated_on, source, text_version, recorded_by_id, recorded_at)
SELECT %(kind)s, record.id, said.channel, said.state, %(on)s, %(source)s, '', %(who)s, %(at)s
  FROM {table} record,
       LATERAL (VALUES ('email', record.consent_email), ('phone', record.consent_phone),
                       ('chat', record.consent_chat), ('post', record.consent_post)) said(channel, state)
  LEFT JOIN LATERAL (
       SELECT state FROM governance_consent known
        WHERE known.kind = %(kind)s AND known.record_id = record.id AND known.channel = said.channel
        ORDER BY known.id DESC LIMIT 1) newest ON true
 WHERE record.id = ANY(%(ids)s) AND said.state <> coalesce(newest.state, '')
RETURNING id
"""


@action
def note_consent(
    kind: str,
    key: int,
    *,
    channel: str,
    state: str,
    stated_on: date,
    source: str,
    text_version: str = "",
    by: Actor,
) -> Consent:
    """Note what somebody stated, when and where; the caller keeps the column of the record."""
    _require_one_of("channel", channel, Channel.values)
    _require_one_of("state", state, Contactable.Given.values)
    if not source.strip():
        raise RuleBroken(
            _("Say where it was stated: a form, a letter, a call."), field="source", value=source
        )
    if stated_on > now().date():
        raise RuleBroken(_("This day is still to come."), field="stated_on", value=stated_on)
    return Consent.objects.create(
        kind=kind,
        record_id=key,
        channel=channel,
        state=state,
        stated_on=stated_on,
        source=source.strip()[:200],
        text_version=text_version.strip()[:100],
        recorded_by=by.user,
        recorded_at=now(),
    )


@action
def follow_consents(kind: str, table: str, ids: Sequence[int], *, source: str = "", by: Actor) -> list[int]:
    """After an import, a program or an undoing wrote columns: note what changed, for a whole set.

    Returns the ids of the consents that were noted.
    """
    moment = now()
    values = {
        "kind": kind,
        "ids": list(ids),
        "on": moment.date(),
        "source": source or (by.trace[:200] if by.via == "import" else by.via),
        "who": by.user.pk,
        "at": moment,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW.format(table=table), values)
        return [key for (key,) in cursor.fetchall()]


@action
def copy_consents(of: tuple[str, int], to: tuple[str, int], channels: Sequence[str], *, by: Actor) -> None:
    """Somebody stated it as another record: the statements stand on this one too, as they were made."""
    rows = Consent.objects.filter(kind=of[0], record_id=of[1], channel__in=channels).order_by("pk")
    kept = ("channel", "state", "stated_on", "source", "text_version", "recorded_by_id", "recorded_at")
    Consent.objects.bulk_create(
        [Consent(kind=to[0], record_id=to[1], **{name: getattr(row, name) for name in kept}) for row in rows]
    )


@action
def give_back_consents(merging: Merging, kept: dict[str, list[int]], *, by: Actor) -> None:
    """Consents return to who stated them; what only followed from this merge was nobody's statement.

    The latter is kept under the survivor itself; what followed from another merge stays.
    """
    of_survivor = Consent.objects.filter(kind=merging.kind, record_id=merging.survivor)
    for record, rows in kept.items():
        if int(record) == merging.survivor:
            of_survivor.filter(pk__in=rows, source=FROM_MERGE).delete()
        else:
            of_survivor.filter(pk__in=rows).update(record_id=int(record))


@action
def follow_merge(merge: Merge, table: str, *, by: Actor) -> None:
    """Note for the survivor what follows from the consents of all; undoing takes away just these notes."""
    written = follow_consents(merge.kind, table, [merge.survivor_id], source=FROM_MERGE, by=by)
    if written:
        merge.kept.setdefault("governance.Consent.record_id", {})[str(merge.survivor_id)] = written
        merge.save(update_fields=["kept"])


@action
def erase_consents(person: Person, *, by: Actor) -> Erased:
    """That and when somebody consented stays, as it proves what was sent; where it was stated does not."""
    count = 0
    for kind, ids in person.records.items():
        rows = Consent.objects.filter(kind=kind, record_id__in=ids)
        count += rows.update(source="-", text_version="")
    return Erased({"consents": count})


def _require_one_of(field: str, value: str, accepted: Sequence[str]) -> None:
    if value not in accepted:
        words = _("Accepted: %(accepted)s.") % {"accepted": ", ".join(accepted)}
        raise RuleBroken(words, field=field, value=value)
