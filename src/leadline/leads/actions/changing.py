"""Changing fields of leads: one by hand, many in bulk (ALL-1)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock
from leadline.core.custom.telling import changes_told
from leadline.core.custom.values import keeps_retired
from leadline.core.drafts import Draft, clean_draft
from leadline.core.events import publish_many
from leadline.core.fields import catalogue
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken, RulesBroken
from leadline.core.search import index
from leadline.core.sets import update_rows
from leadline.customers.actions.cleaning import cleaning_for
from leadline.customers.actions.picking import Done
from leadline.customers.actions.receiving import receiving
from leadline.leads import policies
from leadline.leads.actions.assigning import assign_leads
from leadline.leads.actions.columns import KEPT_AS_TYPED, changes_of
from leadline.leads.actions.consenting import follow_given
from leadline.leads.actions.picking import Candidate, Rule, one, pick, within
from leadline.leads.actions.side import renew
from leadline.leads.events import LeadsChanged
from leadline.leads.models import Lead
from leadline.people.models import User

TOUCHED = {"version": "leads_lead.version + 1", "updated_at": "now()"}
SEARCHED = {"name", "company", "email", "phone"}  # what documents are made of (`searching`)


@action
def edit_lead(lead: Lead, *, version: int | None = None, by: Actor, **answers: Any) -> Lead:
    """Change fields of one lead; what is not given stays.

    Raises `EditConflict` with what others changed when `version` is not the present one, `RulesBroken`
    naming each field.
    """
    lead = lock(lead, "stage", "owner")
    if not policies.may(by.user, "edit", lead):
        raise NotAllowed(policies.why_not_edit(by.user, lead))
    if version is not None and version != lead.version:
        raise EditConflict(changes_since("lead", lead.pk, version, viewer=by.user), lead.version)
    about = catalogue("lead")
    cleaning = cleaning_for(by, lead.country, kept=keeps_retired(about, lead, answers))
    draft = clean_draft(about, answers, cleaning, keep_empty=True)
    moves = draft.values.get("owner") != lead.owner_id
    broken = receiving([draft], by, "lead").broken_by(draft) if moves else ()
    if broken := broken + _unreachable(lead, draft):
        raise RulesBroken(broken)
    return one(lead, change_leads({lead.pk: draft}, by=by))


@action
def change_leads(changes: Mapping[int, Draft], *, by: Actor) -> Done:
    """Change many leads, each by its own draft; the refused are told with their reasons."""
    picked, done = pick(changes, "edit", _may_hand_over(changes, by), by=by)
    columns = write_drafts(picked, changes, by=by)
    moved = _hand_over(picked, changes, by)
    done.changed = sorted({*columns, *moved})
    done.unchanged = len(picked) - len(done.changed)
    if done.changed:
        names = sorted({name for draft in changes.values() for name in draft.values})
        publish_many(LeadsChanged, done.changed, kind="lead", by=by, fields=tuple(names))
    return done


@changes_told("lead")
def tell_changed(ids: Sequence[int], name: str, *, by: Actor) -> None:
    """What changes a field of many otherwise than by drafts is told like every other change."""
    publish_many(LeadsChanged, ids, kind="lead", by=by, fields=(name,))


def write_drafts(
    picked: Sequence[Candidate], changes: Mapping[int, Draft], *, by: Actor
) -> dict[int, set[str]]:
    """Write what drafts give to locked leads, and what follows from it; the columns that differ for each."""
    columns = update_rows(
        Lead, [_row(candidate, changes[candidate.id]) for candidate in picked], touched=TOUCHED
    )
    every = {column for changed in columns.values() for column in changed}
    renew(list(columns), every)
    follow_given(changes.values(), columns, by)
    index("lead", [pk for pk, changed in columns.items() if SEARCHED & changed])
    return columns


def _row(candidate: Candidate, draft: Draft) -> dict[str, Any]:
    row = {"id": candidate.id, **changes_of(draft)}
    if "phone" not in draft.values:
        return row
    unclear = [KEPT_AS_TYPED] if KEPT_AS_TYPED in draft.unclear else []
    if unclear != candidate.unclear:
        row["unclear"] = unclear
    if draft.values["phone"] != candidate.phone:
        row["bad_number"] = False  # another number is not known to be wrong
    return row


def _unreachable(lead: Lead, draft: Draft) -> tuple[RuleBroken, ...]:
    """A lead keeps at least one way to be reached."""
    email = draft.values.get("email", lead.email)
    phone = draft.values.get("phone", lead.phone)
    return () if email or phone else (RuleBroken(_("Give an e-mail or a phone number."), field="email"),)


def _may_hand_over(changes: Mapping[int, Draft], by: Actor) -> Rule:
    """Giving another owner asks for the right to assign, through whichever door it comes."""
    allowed = within("assign", by)

    def rule(candidate: Candidate) -> str | None:
        values = changes[candidate.id].values
        stays = "owner" not in values or values["owner"] == candidate.owner_id
        if stays or allowed.covers(candidate.owner_id, candidate.team_id, candidate.territory_id):
            return None
        return _("Your role can't give this lead another owner. A sales manager can help.")

    return rule


def _hand_over(picked: Sequence[Candidate], changes: Mapping[int, Draft], by: Actor) -> list[int]:
    """A changed owner goes through the same action as an assignment."""
    by_owner: dict[int | None, list[int]] = {}
    for candidate in picked:
        values = changes[candidate.id].values
        if "owner" in values and values["owner"] != candidate.owner_id:
            by_owner.setdefault(values["owner"], []).append(candidate.id)
    owners = User.objects.in_bulk([owner for owner in by_owner if owner])
    moved = [
        assign_leads(ids, owner=owners.get(owner) if owner else None, by=by).changed
        for owner, ids in by_owner.items()
    ]
    return [pk for ids in moved for pk in ids]
