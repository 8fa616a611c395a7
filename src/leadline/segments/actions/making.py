"""Making, changing, archiving and restoring segments (CUS-16)."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.segments import policies
from leadline.segments.actions.evaluating import make_due
from leadline.segments.events import SegmentAdded, SegmentArchived, SegmentChanged, SegmentRestored
from leadline.segments.kinds import segmentable
from leadline.segments.models import Segment, Standing
from leadline.segments.rules import looks_of, rule_of
from leadline.segments.using import Use, uses_of

LONGEST_NAME, LONGEST_DESCRIPTION = 80, 500
MOST_SEGMENTS = 500
CHANGED = ("name", "description", "visibility", "team_id", "rule")


@action
def add_segment(
    *,
    kind: str,
    name: str,
    is_dynamic: bool = True,
    rule: Any = None,
    description: str = "",
    visibility: str = Segment.Visibility.PRIVATE,
    by: Actor,
) -> Segment:
    """Make a segment: a dynamic one by its rule, a static one still empty. Its members are found at once."""
    require(policies.may_create_segments(by.user), _("Your role does not make segments."))
    segmentable(kind)
    if Segment.objects.current().filter(owner=by.user).count() >= MOST_SEGMENTS:
        raise RuleBroken(_("You have %(most)s segments already; archive some.") % {"most": MOST_SEGMENTS})
    moment = now()
    segment = Segment(kind=kind, owner=by.user, is_dynamic=is_dynamic, created_at=moment, updated_at=moment)
    segment.name, segment.description = _named(name), _described(description)
    moves = _give_rule(segment, rule, by) if is_dynamic else _no_rule(rule)
    _show_to(segment, visibility, by=by)
    segment.save()
    Standing.objects.create(segment=segment, moves=moves, is_filling=is_dynamic)
    make_due(segment, by=by)
    publish(SegmentAdded(segment_id=segment.pk, kind=kind), by=by, about=[segment])
    return segment


@action
def change_segment(segment: Segment, *, by: Actor, **given: Any) -> Segment:
    """Give a segment another name, description, rule or audience; what is not given stays.

    With another rule its members are found anew; those who come then are told of as a whole, not as joining.
    """
    segment = lock(segment, "owner")
    require(
        policies.may_edit_segment(by.user, segment),
        _("Your role does not change this segment."),
        who_can_help=str(segment.owner),
    )
    before = {name: getattr(segment, name) for name in CHANGED}
    if "name" in given:
        segment.name = _named(given["name"])
    if "description" in given:
        segment.description = _described(given["description"])
    if given.get("visibility", segment.visibility) != segment.visibility:
        _show_to(segment, given["visibility"], by=by)
    if "rule" in given and segment.is_dynamic:
        moves = _give_rule(segment, given["rule"], by)
        if segment.rule != before["rule"]:
            Standing.objects.filter(segment=segment).update(moves=moves, is_filling=True)
            make_due(segment, by=by)
    elif given.get("rule"):
        _no_rule(given["rule"])
    if before == {name: getattr(segment, name) for name in CHANGED}:
        return segment
    segment.version, segment.updated_at = segment.version + 1, now()
    segment.save()
    event = SegmentChanged(segment_id=segment.pk, has_new_rule=segment.rule != before["rule"])
    publish(event, by=by, about=[segment])
    return segment


@action
def archive_segment(segment: Segment, *, anyway: bool = False, by: Actor) -> Segment:
    """Take a segment out of use; refused while a rule asks for it, and while it is used, unless `anyway`."""
    segment = lock(segment, "owner")
    require(
        policies.may_archive_segment(by.user, segment) and not segment.is_archived,
        _("Your role does not archive this segment, or it is archived already."),
        who_can_help=str(segment.owner),
    )
    uses = uses_of(segment, by.user)
    holding = [use for use in uses if use.holds]
    if holding:
        message = _("It is used by %(uses)s; change that first.") % {"uses": in_words(holding)}
        raise RuleBroken(message, field="segment")
    if uses and not anyway:
        message = _("It is used by %(uses)s. Say that it shall be archived all the same.")
        raise RuleBroken(message % {"uses": in_words(uses)}, field="anyway")
    segment.archived_at = segment.updated_at = now()
    segment.version += 1
    segment.save(update_fields=["archived_at", "updated_at", "version"])
    publish(SegmentArchived(segment_id=segment.pk), by=by, about=[segment])
    return segment


@action
def restore_segment(segment: Segment, *, by: Actor) -> Segment:
    """Bring a segment back into use; its members are found anew."""
    segment = lock(segment, "owner")
    require(
        policies.may_archive_segment(by.user, segment) and segment.is_archived,
        _("Your role does not restore this segment, or it is not archived."),
        who_can_help=str(segment.owner),
    )
    segment.archived_at, segment.updated_at = None, now()
    segment.version += 1
    segment.save(update_fields=["archived_at", "updated_at", "version"])
    make_due(segment, by=by)
    publish(SegmentRestored(segment_id=segment.pk), by=by, about=[segment])
    return segment


def in_words(uses: list[Use]) -> str:
    """Uses in a sentence; those out of sight without their names."""
    return ", ".join(f"{use.what} “{use.label}”" if use.label else use.what for use in uses[:10])


def _give_rule(segment: Segment, rule: Any, by: Actor) -> bool:
    """Set the rule; returns whether it moves with time."""
    read = rule_of(rule, segment.kind, user=by.user, segment=segment if segment.pk else None)
    segment.rule = read.stored
    return looks_of(read, segment.kind).moves


def _no_rule(rule: Any) -> bool:
    if rule:
        raise RuleBroken(_("A static segment has no rule; its members are picked."), field="rule")
    return False


def _named(name: Any) -> str:
    text = " ".join(str(name or "").split())
    if not text:
        raise RuleBroken(_("Give the segment a name."), field="name", value=name)
    if len(text) > LONGEST_NAME or not text.isprintable():
        message = _("A name has at most %(most)s characters, all of them text.") % {"most": LONGEST_NAME}
        raise RuleBroken(message, field="name", value=text[:80])
    return text


def _described(description: Any) -> str:
    text = str(description or "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST_DESCRIPTION or "\x00" in text:
        message = _("A description has at most %(most)s characters, all of them text.")
        raise RuleBroken(message % {"most": LONGEST_DESCRIPTION}, field="description", value=text[:80])
    return text


def _show_to(segment: Segment, visibility: str, *, by: Actor) -> None:
    if visibility not in Segment.Visibility.values:
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        words = {"value": str(visibility)[:60], "accepted": ", ".join(Segment.Visibility.values)}
        raise RuleBroken(message % words, field="visibility", value=str(visibility)[:60])
    require(
        policies.may_share_segment(by.user, visibility), _("Your role does not share segments this widely.")
    )
    to_team = visibility == Segment.Visibility.TEAM
    if to_team and segment.owner.team_id is None:
        raise RuleBroken(_("You are in no team to share with."), field="visibility", value=visibility)
    segment.visibility, segment.team_id = visibility, segment.owner.team_id if to_team else None
