"""A rule while it is made: read from the form of the builder, changed by its buttons, drawn again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from leadline.automation.models import Rule
from leadline.automation.occasions import Start, read_start
from leadline.automation.occasions.happening import RECORDS
from leadline.automation.occasions.starts import dated_fields, watched_fields
from leadline.automation.rules import Understood, read_rule
from leadline.automation.steps import Step, offered_steps, steps
from leadline.core.fields import Catalogue, catalogue
from leadline.core.lists.door import door_of
from leadline.core.lists.questions import Asker
from leadline.core.refusals import RuleBroken
from leadline.segments.building import GroupNode, changed, read_form
from leadline.segments.building import read_rule as read_nodes

WAYS = ("on", "change", "every", "days")
NUMBERS = ("days", "weekday")
USUAL = ("stage", "status", "registered_at", "created_at")
FIRST = {"on": "platform:deposit_failed"}
OF_WAY = {
    "on": ("on",),
    "change": ("change", "field", "from", "to"),
    "every": ("every", "weekday", "at", "zone", "kind"),
    "days": ("days", "side", "field", "at", "zone", "kind"),
}
_BLANK: dict[str, Any] = {
    "on": FIRST["on"],
    "change": "lead",
    "kind": "lead",
    "every": "day",
    "weekday": 1,
    "days": 3,
    "side": "after",
    "at": "09:00",
    "zone": "",
    "field": "",
    "from": "",
    "to": "",
}


@dataclass
class DraftStep:
    """A step while it is made: its settings as they were typed."""

    step: Step
    params: dict[str, Any]


@dataclass
class Draft:
    """All answers of the builder. `refused` says what can't be meant, by field."""

    user: Any
    name: str = ""
    once_per: str = ""
    record: str = ""
    start: dict[str, Any] = field(default_factory=lambda: dict(FIRST))
    happened: GroupNode | None = None
    where: GroupNode | None = None
    steps: list[DraftStep] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def way(self) -> str:
        """Which of the four ways starts it."""
        return next((way for way in WAYS if way in self.start), "on")

    @property
    def begun(self) -> Start | None:
        """What starts it, if that can be meant."""
        try:
            return read_start(self.start, user=self.user)
        except RuleBroken as refusal:
            self.refused.setdefault("start", refusal.message)
            return None

    @property
    def offered(self) -> list[Step]:
        """The steps that fit."""
        start = self.begun
        if start is None:
            return []
        kinds = (self.record,) if self.record else start.records
        return offered_steps(kinds, start.occasion.kind if start.occasion else "")

    def answers(self) -> dict[str, Any]:
        """As the actions take them."""
        return {
            "start": self.start,
            "record": self.record,
            "happened": self.happened.part() if self.happened else None,
            "where": self.where.part() if self.where else None,
            "steps": [{"step": each.step.key, **each.params} for each in self.steps],
        }

    def understood(self) -> Understood:
        """The rule that it is. Raises `RuleBroken` for what can't be meant or is not finished."""
        answers = self.answers()
        for root in (self.happened, self.where):
            unfinished = root.unfinished() if root else []
            if unfinished and unfinished[0].error:
                raise RuleBroken(unfinished[0].error, field="where")
        return read_rule(**answers, user=self.user)


def draft_of(rule: Rule | None, user: Any) -> Draft:
    """The draft of a rule that is kept, or of a new one."""
    draft = Draft(user)
    if rule is not None:
        draft = Draft(user, rule.label, rule.once_per, rule.record, dict(rule.start))
        known = steps()
        draft.steps = [
            DraftStep(known[each["step"]], {name: value for name, value in each.items() if name != "step"})
            for each in rule.steps
            if each.get("step") in known
        ]
    about, record = _abouts(draft)
    kept = (rule.happened, rule.where) if rule is not None else ({}, {})
    draft.happened = _nodes(kept[0], about, "e", user)
    draft.where = _nodes(kept[1], record, "w", user)
    return draft


def read_draft(given: QueryDict, user: Any) -> Draft:
    """The draft as the form sent it, after the step of a button (`do`), if one was pressed."""
    draft = Draft(user, given.get("name", ""), given.get("once_per", ""), given.get("record", ""))
    draft.start = _start(given)
    start = draft.begun
    if start is not None and draft.record not in ("", *start.records):
        draft.record = ""
    about, record = _abouts(draft)
    do = given.get("do", "")
    draft.happened = changed(read_form(given, asker(about, user), path="e"), do) if about else None
    draft.where = changed(read_form(given, asker(record, user), path="w"), do) if record else None
    draft.steps = _after(_steps(given), do)
    return draft


def asker(about: Catalogue, user: Any) -> Asker:
    """Who asks about what, with the choices of lists of leads and customers."""
    door = door_of(about.kind if about.kind in ("lead", "customer") else "lead")
    return Asker(about, user, door.naming, door.options, door.sources)


def _abouts(draft: Draft) -> tuple[Catalogue | None, Catalogue | None]:
    """The fields of what happened, and those of the record, as far as there are some to ask."""
    start = draft.begun
    if start is None:
        return None, None
    kind = draft.record or ("" if start.takes_whoever else start.records[0])
    return start.about, catalogue(kind) if kind else None


def _nodes(kept: Any, about: Catalogue | None, path: str, user: Any) -> GroupNode | None:
    if about is None:
        return None
    try:
        return read_nodes(kept, asker(about, user), path=path, blank=False)
    except RuleBroken:
        return read_nodes({}, asker(about, user), path=path, blank=False)


def _start(given: QueryDict) -> dict[str, Any]:
    """The start as JSON, from the fields of the way that is chosen; what was not sent begins as usual."""
    way = given.get("way", "on")
    way = way if way in WAYS else "on"
    found = {name: given.get(f"s.{name}", _BLANK[name]) for name in OF_WAY[way]}
    for name in NUMBERS:
        if name in found:
            found[name] = int(found[name]) if str(found[name]).isdecimal() else found[name]
    kind = found.get("change") or found.get("kind") or ""
    if way in ("change", "days") and kind in RECORDS:
        found["field"] = _field(way, kind, found["field"])
    if way == "change":
        same = given.get("s.was", found["field"]) == found["field"]
        found |= {name: (found[name] or None) if same else None for name in ("from", "to")}
    return found


def _field(way: str, kind: str, name: str) -> str:
    """The field that is chosen; of another kind of record the usual one."""
    known = [each.name for each in (watched_fields if way == "change" else dated_fields)(kind)]
    usual = next((each for each in USUAL if each in known), known[0])
    return name if name in known else usual


def _steps(given: QueryDict) -> list[DraftStep]:
    known = steps()
    found = []
    for place in given.getlist("t")[:20]:
        step = known.get(given.get(f"t{place}.step", ""))
        if step is not None:
            params = {each.name: given.get(f"t{place}.{each.name}", each.default) for each in step.settings}
            found.append(DraftStep(step, params))
    return found


def _after(made: list[DraftStep], do: str) -> list[DraftStep]:
    """The steps after a button: `step-add star`, `step-remove 1`, `step-up 1`."""
    verb, _space, word = do.partition(" ")
    if verb == "step-add" and word in steps():
        step = steps()[word]
        made.append(DraftStep(step, {each.name: each.default for each in step.settings}))
    place = int(word) if word.isdecimal() and int(word) < len(made) else None
    if verb == "step-remove" and place is not None:
        del made[place]
    if verb == "step-up" and place:
        made[place - 1], made[place] = made[place], made[place - 1]
    return made


def start_values(draft: Draft) -> Mapping[str, Any]:
    """The answers about the start with what is usual for those that are not given."""
    return {**_BLANK, **{name: value for name, value in draft.start.items() if value is not None}}
