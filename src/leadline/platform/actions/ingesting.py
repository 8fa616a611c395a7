"""Taking in what the platform tells: a batch in one transaction, each event once (PLT-2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.events import publish_each
from leadline.core.organisation import organisation
from leadline.core.refusals import RuleBroken
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform.actions.keeping import keep_events
from leadline.platform.actions.paying import keep_payments
from leadline.platform.actions.pulse import beat
from leadline.platform.actions.remembering import new_ones
from leadline.platform.actions.telling import told_of_watched
from leadline.platform.actions.users import Known, erased_among, known_among, users_of
from leadline.platform.models import months_away
from leadline.platform.policies import may_send_events
from leadline.platform.reading.events import Reading, Told

MOST = 1_000


@dataclass(frozen=True)
class Refused:
    """An event that was not taken: where it stood (from 0), its id as it came, and why."""

    index: int
    id: str
    rule: RuleBroken


@dataclass
class Taken:
    """What became of a batch: accepted + duplicates + refused = events given, always."""

    accepted: int = 0
    duplicates: int = 0
    refused: list[Refused] = field(default_factory=list)


@action
def ingest_events(rows: Sequence[Any], *, by: Actor) -> Taken:
    """Take in up to 1,000 events as they came (PLT-1, PLT-2).

    A bad one is refused by itself with the reason, the others are kept. One that came before counts once,
    whatever the order in which they come. When this returns and its transaction ends, nothing is lost.
    Raises `NotAllowed`, and `RuleBroken` for more than 1,000.
    """
    require(may_send_events(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    if len(rows) > MOST:
        raise RuleBroken(_("At most %(most)s events are taken at once.") % {"most": MOST}, value=len(rows))
    moment = now()
    taken = Taken()
    reading = Reading(at=moment, currency=organisation().currency, away=months_away())
    told = _read(rows, reading, taken)
    known = known_among({one.user for one in told})
    told = _without_erased(told, known, taken)
    fresh = new_ones(told, at=moment)
    taken.duplicates = len(told) - len(fresh)
    users = users_of(fresh, known, at=moment, by=by)
    stored = keep_events(fresh, users, at=moment)
    taken.duplicates += len(fresh) - len(stored)
    taken.accepted = len(stored)
    happened = [*keep_payments(stored, users, at=moment), *told_of_watched(stored)]
    beat(stored, users, at=moment)
    publish_each(happened, by=by)
    return taken


def _read(rows: Iterable[Any], reading: Reading, taken: Taken) -> list[Told]:
    told = []
    for place, raw in enumerate(rows):
        try:
            told.append(reading.read(raw, place))
        except RuleBroken as rule:
            taken.refused.append(Refused(place, _id_of(raw), rule))
    return told


def _without_erased(told: list[Told], known: Mapping[str, Known], taken: Taken) -> list[Told]:
    """Of a person who was erased nothing is taken in again; who is known by the id itself was not (PPL-8)."""
    unknown = {one.user for one in told} - known.keys()
    gone = erased_among(unknown) if unknown else set()
    if not gone:
        return told
    message = _("This person was erased here; nothing more is kept.")
    taken.refused += [
        Refused(one.place, one.event_id, RuleBroken(message, field="user.id"))
        for one in told
        if one.user in gone
    ]
    return [one for one in told if one.user not in gone]


def _id_of(raw: Any) -> str:
    given = raw.get("id") if isinstance(raw, dict) else ""
    return str(given or "").encode(errors="replace").decode().replace("\x00", "␀")[:200]
