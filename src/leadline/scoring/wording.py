"""Scores in words: what a share, a left-out field and a measured gain mean (LEA-12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.fields import catalogue
from leadline.core.formats import number, percent
from leadline.core.localities import countries, languages
from leadline.leads.models import Lead
from leadline.scoring.learning.encoding import RARE
from leadline.scoring.learning.reading import DERIVED

_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Reason:
    """Why a lead's score is higher or lower: in words, and how much (points of a rule, or log odds)."""

    words: str
    weight: float

    @property
    def raises(self) -> bool:
        """Whether the score is higher because of it."""
        return self.weight > 0


def key_in_words(key: str) -> str:
    """A number of the model as people say it: “Source: Fair”, “Company: given”."""
    for mark, told in (("=", _category), ("?", _presence), ("#", _number)):
        name, found, value = key.partition(mark)
        if found and (name in DERIVED or name in catalogue("lead").by_name):
            return f"{label_of(name)}: {told(name, value)}"
    return key


def label_of(name: str) -> str:
    """The label of a field, also of one that is gone."""
    if name in DERIVED:
        return str(DERIVED[name])
    known = catalogue("lead").by_name.get(name)
    return str(known.label) if known else name


def leak_in_words(leak: Mapping[str, Any]) -> str:
    """Why nothing is learnt from a field."""
    share = percent(leak["share"])
    return {
        "late": _("%(share)s of the leads that have it got it with the outcome or after it."),
        "present": _(
            "Whoever has it nearly always has the same outcome (%(share)s): it tells, not foretells."
        ),
        "alone": _(
            "It alone names the outcome (%(share)s of pairs): that is no forecast, it is the outcome."
        ),
    }[leak["why"]] % {"share": share}


def thin_in_words(thin: Sequence[Sequence[Any]]) -> list[str]:
    """What there is too little of."""
    words = {
        "converted": _("%(have)s converted leads; %(need)s are needed."),
        "others": _("%(have)s leads that did not convert; %(need)s are needed."),
        "later_converted": _(
            "%(have)s conversions among the later leads, to measure by; %(need)s are needed."
        ),
        "days": _("%(have)s days between the first and the last lead; %(need)s are needed."),
    }
    return [words[name] % {"have": number(have), "need": number(need)} for name, have, need in thin]


def gain_in_words(card: Mapping[str, Any]) -> list[str]:
    """What the model is worth, beside the rules and chance, in two sentences."""
    top, auc = card["captured"]["20"], card["auc"]
    shares = {"model": percent(top["model"]), "rules": percent(top["rules"]), "chance": percent(0.2)}
    pairs = {"model": round(100 * auc["model"]), "rules": round(100 * auc["rules"])}
    gain = {"gain": round(100 * card["gain"], 1), "low": round(100 * card["gain_low"], 1)}
    return [
        _(
            "Of the later leads that converted, %(model)s stand in the fifth that the model puts first,"
            " %(rules)s in the fifth that the rules put first; by chance it would be %(chance)s."
        )
        % shares,
        _(
            "Of 100 pairs of a converted lead and another one, the model puts the converted one first in"
            " %(model)s, the rules in %(rules)s."
        )
        % pairs
        + " "
        + _("The difference is %(gain)s, and with 95 %% confidence at least %(low)s.")
        % {name: number(value) for name, value in gain.items()},
    ]


def _category(name: str, value: str) -> str:
    if value == "":
        return _("unknown")
    if value == RARE:
        return _("a rare one")
    named: dict[str, dict[str, Any]] = {
        "country": dict(countries()),
        "language": dict(languages()),
        "desk": dict(Lead.Desk.choices),
        "mailbox": {"free": _("of a free provider"), "own": _("of a company of their own")},
        "weekday": {str(place): _(day) for place, day in enumerate(_WEEK, start=1)},
        "hour": {f"{hour:02}": f"{hour:02}:00–{hour + 5:02}:59" for hour in (0, 6, 12, 18)},
    }
    known = catalogue("lead").by_name.get(name)
    choices = named.get(name) or (dict(known.choices) if known and known.choices else {})
    if known is not None and known.kind.key == "yes_no":
        choices = {"True": _("Yes"), "False": _("No")}
    return str(choices.get(value, value))


def _presence(_name: str, value: str) -> str:
    return _("given") if value in ("", "yes") else _("not given")


def _number(_name: str, value: str) -> str:
    return {"": _("as it is higher or unknown"), "missing": _("unknown")}.get(value, value)
