"""Steps of cards: what a form asks for, where a card stands, what is told of a move and how it is undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.boards.board import Board, Column, Into, Step
from leadline.core.fields import Field
from leadline.core.lists.asking import asking_of
from leadline.core.lists.doors import named
from leadline.core.lists.selection import Selection
from leadline.core.lists.showing import Shown
from leadline.core.refusals import RuleBroken

LONGEST = 200


@dataclass(frozen=True)
class Standing:
    """Where a card stands: its name, its column, the value of its lane as addresses hold it."""

    name: str
    column: Column
    lane: str = ""


def step_of(board: Board, lane: Field | None, given: Mapping[str, str]) -> Step:
    """What a form asks for: a column (`to`), a lane (`lane`), or both; where the card was seen stands beside.

    Raises `RuleBroken` for a column that there is not, and for a lane whose field nobody changes by hand.
    """
    seen = board.column(given.get("seen", ""))
    to = board.column(given["to"]) if given.get("to") or "lane" not in given else seen
    into = _into(lane, given)
    if into and into.field in board.held:
        raise RuleBroken(str(board.held[into.field]), field=into.field, value=into.to)
    return Step(to, seen, into)


def standing_of(board: Board, shown: Shown, lane: Field | None, key: int) -> Standing | None:
    """Where a card stands now; None for one that the person does not see."""
    door, user = shown.door, shown.user
    columns = [board.beside[0], board.by, *([lane.name] if lane else [])]
    asking = asking_of({"columns": ",".join(columns)}, door.about)
    one = Selection.of_ids(board.kind, [key])
    found = named(one, asking, scope=door.scope(user), context=door.context(user)).get(key)
    if found is None:
        return None
    return Standing(str(found[0]), board.column(str(found[1])), str(found[-1] or "") if lane else "")


def moved(board: Board, shown: Shown, key: int, step: Step) -> dict[str, Any]:
    """What is told of a move, with the way back where the way back asks nothing."""
    told = []
    if step.to != step.seen:
        told.append(_("Moved to %(column)s.") % {"column": step.to.label})
    if step.into:
        told.append(_("%(field)s changed.") % {"field": board.door.about.by_name[step.into.field].label})
    toast: dict[str, Any] = {"message": " ".join(told)}
    if not told:
        return {"message": _("It stands there already.")}
    if step.seen.asks and step.to != step.seen:
        return toast
    back = {"card": str(key), "to": str(step.seen.key), "seen": str(step.to.key)}
    if step.into:
        back |= {"lane": step.into.seen, "lane_seen": step.into.to}
    query = shown.address.query()
    address = f"{shown.door.url('move')}?{query}{'&' if query else ''}card={key}"
    return {**toast, "url": address, "label": _("Undo"), "target": "#dialog", "values": back}


def _into(lane: Field | None, given: Mapping[str, str]) -> Into | None:
    """The lane that is asked for, where it is another one than the card was seen in."""
    to, seen = given.get("lane", "")[:LONGEST], given.get("lane_seen", "")[:LONGEST]
    return Into(lane.name, to, seen) if lane and "lane" in given and to != seen else None
