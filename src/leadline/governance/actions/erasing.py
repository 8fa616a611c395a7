"""Erasing a person in two steps: asked for, then confirmed by the name (PPL-8)."""

import json

from django.db.models import Q
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.custom.personal import personal_names
from leadline.core.events import Subject, publish
from leadline.core.history import HistoryEntry, told_on
from leadline.core.jobs import later
from leadline.core.privacy import Person, hold_person, holders, is_erased, person_of
from leadline.core.privacy.holders import NotYet, kinds_in, personal_columns
from leadline.core.privacy.texts import as_written, patterns, texts_with_history
from leadline.core.refusals import RuleBroken
from leadline.governance.actions.redacting import redact
from leadline.governance.chain.ledgers import HISTORY
from leadline.governance.events import DoubtfulFileDecided, ErasureRequested, ErasureWithdrawn, PersonErased
from leadline.governance.models import Erasure
from leadline.governance.policies import WHO_CAN_HELP, WHO_SETS_RETENTION, may_erase, may_set_retention
from leadline.governance.queries.holds import hold_on, why_held


@action
def request_erasure(person: Person, *, reason: str, wait: bool = False, by: Actor) -> Erasure:
    """Ask for the erasure of a person; nothing is erased until somebody confirms it.

    Under a legal hold it is refused, or with `wait` put off until the hold ends.
    """
    require(may_erase(by.user), who_can_help=WHO_CAN_HELP)
    erased = is_erased(person.kind, person.id)
    if erased is None:
        raise RuleBroken(_("Users are deactivated, not erased: what they did stays theirs."))
    if erased:
        raise RuleBroken(_("This person was erased already."))
    if not reason.strip():
        raise RuleBroken(_("Say why, as: asked by letter of 3 May. Without the name."), field="reason")
    hold = hold_on(person)
    if hold and not wait:
        raise RuleBroken(why_held(hold))
    erasure = Erasure.objects.create(
        kind=person.kind,
        record_id=person.id,
        reason=reason.strip()[:300],
        requested_by=by.user,
        requested_at=now(),
    )
    publish(ErasureRequested(erasure_id=erasure.pk), by=by, about=[Subject(person.kind, person.id)])
    return erasure


@action
def withdraw_erasure(erasure: Erasure, *, by: Actor) -> Erasure:
    """Take back what was not done yet."""
    require(may_erase(by.user), who_can_help=WHO_CAN_HELP)
    erasure = _open(erasure)
    erasure.state = Erasure.State.WITHDRAWN
    erasure.save(update_fields=["state"])
    publish(ErasureWithdrawn(erasure_id=erasure.pk), by=by, about=[Subject(erasure.kind, erasure.record_id)])
    return erasure


@action
def confirm_erasure(erasure: Erasure, *, name: str, by: Actor) -> Erasure:
    """Erase the person whose name was typed, for good; under a legal hold, when it has ended.

    Records go at once; texts that name the person elsewhere and files follow as a job.
    """
    require(may_erase(by.user), who_can_help=WHO_CAN_HELP)
    hold_person(erasure.kind, erasure.record_id)
    erasure = _open(erasure)
    person = person_of(erasure.kind, erasure.record_id)
    if person is None:
        raise RuleBroken(_("There is no such person any more."))
    if name.strip().casefold() != person.name.strip().casefold():
        raise RuleBroken(_("This is not the name of the person to be erased."), field="name", value=name)
    erasure.confirmed_by = by.user
    if hold_on(person):
        erasure.state = Erasure.State.WAITING
        erasure.save(update_fields=["state", "confirmed_by"])
        return erasure
    return _erase(erasure, person, by)


@action
def erase_when_free(erasure: Erasure, *, by: Actor) -> bool:
    """Erase a person whose erasure was confirmed and waited, if no legal hold stands any more."""
    hold_person(erasure.kind, erasure.record_id)
    erasure = lock(erasure)
    person = person_of(erasure.kind, erasure.record_id)
    if erasure.state != Erasure.State.WAITING or person is None or hold_on(person):
        return False
    _erase(erasure, person, by)
    return True


@action
def sweep_erasure(erasure: Erasure, *, by: Actor) -> bool:
    """Remove what names the person in files and texts; False where somebody still writes or reads there."""
    erasure = lock(erasure)
    if not erasure.sought:
        return True
    sought = json.loads(erasure.sought)
    records = {kind: tuple(ids) for kind, ids in sought["records"].items()}
    person = Person(
        erasure.kind, erasure.record_id, "", tuple(sought["words"]), records, tuple(sought["within"])
    )
    if not _swept(erasure, person):
        erasure.save(update_fields=["counts"])
        return False
    _redact_texts(erasure, person, by)
    erasure.files = [
        {"holder": holder.name, "id": doubt.id, "names": doubt.names, "verdict": ""}
        for holder in holders()
        if holder.files
        for doubt in holder.files.doubtful(person)
    ]
    erasure.sought, erasure.swept_at = "", now()
    erasure.save(update_fields=["sought", "swept_at", "counts", "files"])
    return True


@action
def decide_on_file(erasure: Erasure, *, holder: str, file: int, erase: bool, by: Actor) -> Erasure:
    """Erase a file of others that names the person, or could, for good; or keep it. Said once.

    Raises `RuleBroken` for a file on which nobody has to decide.
    """
    require(may_erase(by.user), who_can_help=WHO_CAN_HELP)
    erasure = lock(erasure)
    asked = [each for each in erasure.files if (each["holder"], each["id"]) == (holder, file)]
    if not asked or asked[0]["verdict"]:
        raise RuleBroken(_("Nobody has to decide on this file, or somebody did."), field="file", value=file)
    asked[0]["verdict"] = "erased" if erase else "kept"
    files = next(each.files for each in holders() if each.name == holder)
    if erase and files:
        files.erase(file, by=by)
        _count(erasure, {"files": 1})
    erasure.save(update_fields=["files", "counts"])
    told = DoubtfulFileDecided(erasure_id=erasure.pk, file_id=file, erased=erase)
    publish(told, by=by, about=[Subject(erasure.kind, erasure.record_id)])
    return erasure


@action
def erase_by_rule(person: Person, *, rule: int, by: Actor) -> bool:
    """Erase whom a rule of retention finds; not who was erased already, or whom a legal hold protects."""
    require(may_set_retention(by.user), who_can_help=WHO_SETS_RETENTION)
    hold_person(person.kind, person.id)
    person = person_of(person.kind, person.id) or person
    if is_erased(person.kind, person.id) is not False or hold_on(person):
        return False
    asked = Erasure.objects.filter(
        kind=person.kind,
        record_id=person.id,
        state__in=[Erasure.State.REQUESTED, Erasure.State.WAITING],
    ).first()
    erasure = asked or Erasure(kind=person.kind, record_id=person.id, reason=f"rule:{rule}")
    if asked is None:
        erasure.requested_by, erasure.requested_at = by.user, now()
    erasure.confirmed_by = by.user
    erasure.save()
    _erase(erasure, person, by)
    return True


def _erase(erasure: Erasure, person: Person, by: Actor) -> Erasure:
    erased = [holder.erased(person, by=by) for holder in holders()]
    for each in erased:
        _count(erasure, each.counts)
    columns = {kind: names | personal_names(kind) for kind, names in personal_columns().items()}
    entries = _entries(person, kinds_in(erased))
    redact(HISTORY, entries, because=f"erasure:{erasure.pk}", names=set().union(*columns.values()), by=by)
    _count(erasure, {"history": len(entries)})
    erasure.state, erasure.done_at = Erasure.State.DONE, now()
    sought = {"words": person.words, "records": dict(person.records), "within": person.within}
    erasure.sought = json.dumps(sought)
    erasure.save()
    publish(PersonErased(erasure_id=erasure.pk), by=by, about=[Subject(person.kind, person.id)])
    later("governance.sweep", erasure_id=erasure.pk)
    return erasure


def _swept(erasure: Erasure, person: Person) -> bool:
    """Sweep every place; one that has to wait holds up no other."""
    is_through = True
    for holder in holders():
        try:
            _count(erasure, holder.sweep(person) if holder.sweep else {})
        except NotYet as waiting:
            is_through = False
            _count(erasure, waiting.counts)
    return is_through


def _redact_texts(erasure: Erasure, person: Person, by: Actor) -> None:
    """The history of texts that may name anybody follows them: what they said before, and what they say."""
    named = patterns(as_written(person.certain_words))
    for kind, columns in texts_with_history().items():
        rows = HistoryEntry.objects.filter(kind=kind, changes__isnull=False)
        naming = rows.extra(where=["changes::text ILIKE ANY(%s)"], params=[named])
        entries = list(naming.values_list("pk", flat=True))
        redact(HISTORY, entries, because=f"erasure:{erasure.pk}", names=columns, by=by)
        _count(erasure, {"history": len(entries)})


def _entries(person: Person, records: dict[str, set[int]]) -> list[int]:
    """Entries of history whose payload is the person's, or names the person."""
    about = Q(pk=None)
    for kind, ids in records.items():
        about |= Q(kind=kind, record_id__in=ids)
    rows = HistoryEntry.objects.filter(changes__isnull=False)
    found = set(rows.filter(about).values_list("pk", flat=True))
    at_customers = rows.filter(told_on("customer", person.within))
    naming = at_customers.extra(where=["changes::text ILIKE ANY(%s)"], params=[patterns(person.words)])
    return sorted(found | set(naming.values_list("pk", flat=True)))


def _open(erasure: Erasure) -> Erasure:
    erasure = lock(erasure)
    if erasure.state not in (Erasure.State.REQUESTED, Erasure.State.WAITING):
        raise RuleBroken(
            _("This erasure is %(state)s already.") % {"state": Erasure.State(erasure.state).label.lower()}
        )
    return erasure


def _count(erasure: Erasure, counts: dict[str, int]) -> None:
    for name, count in counts.items():
        if count:
            erasure.counts[name] = erasure.counts.get(name, 0) + count
