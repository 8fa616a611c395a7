"""The steps that rules are made of, with the settings that each needs, checked when a rule is saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.automation.steps.case import Case, Outcome
from leadline.core.actions import Actor
from leadline.core.fields.field import Text
from leadline.core.refusals import RuleBroken

Params = Mapping[str, Any]
Options = Callable[[], Sequence[tuple[Any, Any]]]
IsThere = Callable[[str], bool]
MOST_STEPS = 10


@dataclass(frozen=True)
class Setting:
    """One thing to say about a step. `kind`: text, long, choice, number, address.

    In a text (`places`) stand places such as {decline}. What is chosen from `options` must be there when the
    rule is saved, and is told on the rule when it goes later. Where options are many, `is_there` says of one
    whether it is among them: a rule is read each time it runs.
    """

    name: str
    label: Text
    kind: str = "text"
    options: Options | None = None
    is_there: IsThere | None = None
    required: bool = True
    default: Any = ""
    help: Text = ""
    places: bool = False
    longest: int = 200
    least: int = 0
    most: int = 365

    def clean(self, given: Any) -> Any:
        """The value to keep. Raises `RuleBroken` with what is accepted."""
        if given in (None, ""):
            if self.required and self.default == "":
                raise self._refused(_("Say it: %(label)s."), given)
            return self.default if given is None else "" if not self.required else self.default
        if self.kind == "number":
            return self._number(given)
        if self.kind == "choice":
            return self._choice(given)
        return self._text(given)

    def shown(self, value: Any) -> str:
        """The value in words: the label of a choice."""
        if self.kind == "choice" and self.options:
            return str(dict(self.choices()).get(str(value), value or "–"))
        return str(value)

    def choices(self) -> list[tuple[str, Any]]:
        """What can be chosen, by its key as text."""
        return [(str(key), label) for key, label in self.options()] if self.options else []

    def _number(self, given: Any) -> int:
        text = str(given).strip()
        if not (text.isascii() and text.isdigit() and len(text) < 6 and self.least <= int(text) <= self.most):
            message = _("%(label)s: a whole number from %(least)s to %(most)s.")
            words = {"label": self.label, "least": self.least, "most": self.most}
            raise RuleBroken(message % words, field="steps", value=text[:40])
        return int(text)

    def _choice(self, given: Any) -> Any:
        if self.is_there is not None and self.is_there(str(given)):
            return str(given)
        known = dict(self.choices())
        if str(given) not in known:
            message = _("%(label)s: “%(value)s” is not there. Accepted: %(accepted)s.")
            accepted = ", ".join(str(key) for key in list(known)[:30])
            words = {"label": self.label, "value": str(given)[:60], "accepted": accepted or "–"}
            raise RuleBroken(message % words, field="steps", value=str(given)[:60])
        return str(given)

    def _text(self, given: Any) -> str:
        text = str(given).replace("\r\n", "\n").strip()
        plain = text.replace("\n", "") if self.kind == "long" else text
        if len(text) > self.longest or not plain.isprintable():
            message = _("%(label)s: at most %(most)s characters, all of them text, are accepted.")
            words = {"label": self.label, "most": self.longest}
            raise RuleBroken(message % words, field="steps", value=text[:60])
        if not text and self.required:
            raise self._refused(_("Say it: %(label)s."), given)
        return text

    def _refused(self, message: str, value: Any) -> RuleBroken:
        return RuleBroken(message % {"label": self.label}, field="steps", value=str(value)[:60])


Does = Callable[[Sequence[Case], Params, Actor], list[Outcome]]


@dataclass(frozen=True)
class Step:
    """One thing to do, for a set of cases; it gives an outcome for each, in their order.

    `records` are the kinds it works on. `told` says with its settings what it does, for the sentence.
    `check` refuses what only the whole tells; `undoable` says that the history can change it back.
    """

    key: str
    label: Text
    icon: str
    records: tuple[str, ...]
    settings: tuple[Setting, ...]
    does: Does
    told: Callable[[Mapping[str, str]], str]
    check: Callable[[Params], None] = lambda params: None
    needs: str = ""  # the kind of thing that must have happened: a payment

    def clean(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The settings to keep. Raises `RuleBroken` for what is not known or can't be."""
        if unknown := sorted(given.keys() - {"step"} - {each.name for each in self.settings}):
            message = _("“%(unknown)s” has no meaning here. Accepted: %(accepted)s.")
            accepted = ", ".join(each.name for each in self.settings)
            words = {"unknown": str(unknown[0])[:60], "accepted": accepted or "–"}
            raise RuleBroken(message % words, field="steps", value=str(unknown[0])[:60])
        kept = {each.name: each.clean(given.get(each.name)) for each in self.settings}
        self.check(kept)
        return {"step": self.key, **kept}

    def sentence(self, params: Params) -> str:
        """What it does with these settings."""
        return self.told({each.name: each.shown(params.get(each.name, "")) for each in self.settings})

    def texts(self, params: Params) -> list[str]:
        """The texts in which places may stand."""
        return [str(params.get(each.name, "")) for each in self.settings if each.places]


_steps: dict[str, Step] = {}


def register_step(step: Step) -> Step:
    """Let rules do something; apps of higher floors may add theirs."""
    _steps[step.key] = step
    return step


def steps() -> dict[str, Step]:
    """All of them, in the order of their registering."""
    return dict(_steps)


def step_named(key: Any) -> Step:
    """The step of a key. Raises `RuleBroken` for one that is not known."""
    found = _steps.get(key) if isinstance(key, str) else None
    if found is None:
        message = _("There is no step “%(value)s”. Known are: %(known)s.")
        words = {"value": str(key)[:60], "known": ", ".join(_steps)}
        raise RuleBroken(message % words, field="steps", value=str(key)[:60])
    return found


def offered_steps(records: Sequence[str], kind: str) -> list[Step]:
    """The steps that fit a rule on such records, started by such a thing."""
    return [each for each in _steps.values() if set(each.records) & set(records) and each.needs in ("", kind)]
