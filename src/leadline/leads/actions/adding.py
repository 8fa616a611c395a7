"""How leads come in: one from a form, thousands from a file, by the same rules (LEA-2)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.drafts import (
    Draft,
    OnDuplicate,
    Outcome,
    Refused,
    clean_draft,
    joined,
    missing_fields,
    with_defaults,
)
from leadline.core.events import publish_many
from leadline.core.fields import catalogue
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.core.search import index_new
from leadline.core.sets import copy_rows, fresh_ids
from leadline.customers.actions.cleaning import cleaning_for
from leadline.customers.actions.receiving import Receiving, receiving
from leadline.leads import policies
from leadline.leads.actions.columns import COLUMNS, PULSE, pulse_of, row_of
from leadline.leads.actions.consenting import follow_given
from leadline.leads.actions.keeping import keep_record
from leadline.leads.actions.matching import Identity, Known, identities_of, known_leads
from leadline.leads.actions.refreshing import refresh_leads
from leadline.leads.events import LeadsAdded
from leadline.leads.models import Lead, OnPlatform, Pulse
from leadline.leads.queries.seeing import lead_named
from leadline.leads.queries.settings import stages_by_key


@action
def add_lead(*, by: Actor, **answers: Any) -> Lead:
    """Add one lead; a name with an e-mail or a phone is enough. One that is here already is refreshed.

    Raises `RulesBroken` naming each field.
    """
    draft = clean_draft(catalogue("lead"), answers, cleaning_for(by))
    outcome = add_leads([draft], by=by)
    for refused in outcome.refused:
        raise RulesBroken(refused.broken)
    taken = {**outcome.created, **outcome.updated, **outcome.unchanged}
    return lead_named(taken[draft.row])


@action
def add_leads(drafts: Sequence[Draft], *, on_duplicate: OnDuplicate = "update", by: Actor) -> Outcome:
    """Add many leads at once; a draft that breaks a rule is refused by name, others are kept.

    The same e-mail or phone again is the same lead: it is refreshed (or skipped), never doubled, also within
    one set (LEA-2). Raises `RuleBroken` for `create`, which would double.
    """
    require(policies.may_create_leads(by.user), _("Your role can't add leads."))
    if on_duplicate == "create":
        raise RuleBroken(_("Leads are never doubled: choose to skip or to update."), field="on_duplicate")
    sorting = _Sorting(on_duplicate, known_leads(drafts), receiving(drafts, by, "lead"), by)
    for draft in drafts:
        sorting.take(draft)
    _create(sorting, by)
    _refresh(sorting, by)
    return sorting.outcome


class _Sorting:
    """Which drafts make a new lead, which join one, and which are refused."""

    def __init__(self, on_duplicate: OnDuplicate, known: Known, owners: Receiving, by: Actor):
        self.on_duplicate, self.known, self.owners, self.by = on_duplicate, known, owners, by
        self.outcome = Outcome()
        self.new: list[Draft] = []
        self.places: dict[Identity, int] = {}  # identity → place among the new
        self.joining: list[tuple[int, int]] = []
        self.changes: dict[int, Draft] = {}
        self.changing: list[tuple[int, int]] = []

    def take(self, draft: Draft) -> None:
        """Decide about one draft, knowing those before it."""
        identities = identities_of(draft)
        known = self.known.of(identities)
        place = next((self.places[each] for each in identities if each in self.places), None)
        if known is not None:
            self._join_known(draft, known)
        elif place is not None:
            self._join_new(draft, place)
        elif broken := self._why_not(draft):
            self.outcome.refused.append(Refused(draft.row, broken))
        else:
            self.places |= dict.fromkeys(identities, len(self.new))
            self.new.append(draft)

    def _join_known(self, draft: Draft, lead_id: int) -> None:
        if self.on_duplicate == "skip":
            self.outcome.skipped[draft.row] = lead_id
        elif broken := self.owners.broken_by(draft):
            self.outcome.refused.append(Refused(draft.row, broken))
        else:
            before = self.changes.get(lead_id)
            self.changes[lead_id] = joined(before, draft) if before else draft
            self.changing.append((draft.row, lead_id))

    def _join_new(self, draft: Draft, place: int) -> None:
        if self.on_duplicate == "update":
            self.new[place] = joined(self.new[place], draft)
        self.places |= dict.fromkeys(identities_of(draft), place)
        self.joining.append((draft.row, place))

    def _why_not(self, draft: Draft) -> tuple[RuleBroken, ...]:
        if draft.values.get("id"):
            return (RuleBroken(_("There is no lead with this id."), field="id", value=draft.values["id"]),)
        broken = missing_fields(catalogue("lead"), draft, self.by.user) + self.owners.broken_by(draft)
        if not draft.values.get("email") and not draft.values.get("phone"):
            broken += (RuleBroken(_("Give an e-mail or a phone number."), field="email"),)
        return broken


def _create(sorting: _Sorting, by: Actor) -> None:
    drafts = with_defaults(catalogue("lead"), sorting.new)
    ids = fresh_ids(Lead, len(drafts)) if drafts else []
    moment, stages = now(), stages_by_key() if drafts else {}
    rows = [row_of(draft, pk, sorting.owners, stages, moment) for draft, pk in zip(drafts, ids, strict=True)]
    if rows:
        copy_rows(Lead, COLUMNS, rows)
        pulses = [pulse_of(row) for row in rows]
        copy_rows(Pulse, PULSE, pulses)
        copy_rows(OnPlatform, PULSE, pulses)
        keep_record(ids)
        index_new("lead", ids)
        follow_given(drafts, ids, by)
        publish_many(LeadsAdded, ids, kind="lead", by=by, count=len(ids))
    sorting.outcome.created = {draft.row: pk for draft, pk in zip(sorting.new, ids, strict=True)}
    together = sorting.outcome.updated if sorting.on_duplicate == "update" else sorting.outcome.skipped
    together.update({row: ids[place] for row, place in sorting.joining})


def _refresh(sorting: _Sorting, by: Actor) -> None:
    if not sorting.changes:
        return
    done = refresh_leads(sorting.changes, by=by)
    changed = set(done.changed)
    for row, lead_id in sorting.changing:
        if lead_id in done.refused:
            broken = RuleBroken(done.refused[lead_id], field="email")
            sorting.outcome.refused.append(Refused(row, (broken,)))
        elif lead_id in changed:
            sorting.outcome.updated[row] = lead_id
        else:
            sorting.outcome.unchanged[row] = lead_id
