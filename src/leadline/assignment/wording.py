"""Rules and reasons in words, in the reader's language (SIG-5)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.assignment.deciding import (
    AWAY,
    FULL,
    LANGUAGE,
    LEFT,
    NO_OWNER,
    NO_SHARE,
    NOBODY,
    NOT_IN_POOL,
    OFF,
    SKILL,
    TERRITORY,
    Spec,
)
from leadline.assignment.models import Rule
from leadline.assignment.reading import condition_of
from leadline.assignment.registry import Assignable
from leadline.core.fields import catalogue
from leadline.core.formats import listed
from leadline.core.refusals import RuleBroken
from leadline.people.models import Team, User
from leadline.people.working.models import Skill

REASONS = {
    NOT_IN_POOL: gettext_lazy("not among those the rule names"),
    AWAY: gettext_lazy("away"),
    OFF: gettext_lazy("not at work then"),
    LEFT: gettext_lazy("has left"),
    NO_SHARE: gettext_lazy("takes none at present"),
    TERRITORY: gettext_lazy("not a member of the territory"),
    LANGUAGE: gettext_lazy("does not speak the language"),
    SKILL: gettext_lazy("lacks a skill"),
    FULL: gettext_lazy("had no room"),
}
PASSED = {
    NOBODY: gettext_lazy("nobody could take it"),
    NO_OWNER: gettext_lazy("it names nobody who is here"),
    AWAY: gettext_lazy("the person is away"),
}
NAMED = 4
Naming = Callable[[str, int], str]


class Names:
    """Names of people, teams and skills, each kind read at most once for a page."""

    def __init__(self) -> None:
        self._read: dict[str, dict[int, str]] = {}

    def __call__(self, kind: str, key: int) -> str:
        return self._of(kind).get(key, f"#{key}")

    def all_of(self, kind: str, keys: Any) -> str:
        """Names with commas, at most a few and how many more."""
        found = sorted(self(kind, key) for key in keys)
        shown = found[:NAMED]
        if len(found) > NAMED:
            shown.append(_("%(n)s more") % {"n": len(found) - NAMED})
        return listed(shown)

    def _of(self, kind: str) -> dict[int, str]:
        if kind not in self._read:
            model: Any = {"user": User, "team": Team, "skill": Skill}.get(kind)
            self._read[kind] = dict(model._default_manager.values_list("pk", "name")) if model else {}
        return self._read[kind]


def which(spec: Spec, about: Assignable, naming: Naming) -> str:
    """Which records a rule is for, as a sentence."""
    try:
        asked = condition_of(spec.where or {}, about.kind)
    except RuleBroken:
        return _("None: what it asks is not known any more")
    return str(about.every) if asked.is_everything else asked.sentence(naming)


def whom(spec: Spec, about: Assignable, names: Names) -> str:
    """Who may get them."""
    if spec.way == Rule.Way.CURRENT:
        return _("the owner of the matching customer")
    if spec.way == Rule.Way.PERSON:
        found = catalogue(about.kind).by_name.get(spec.field)
        return _("the person in “%(field)s”") % {"field": found.label if found else spec.field}
    parts = []
    if spec.team:
        parts.append(_("people of %(team)s") % {"team": names("team", spec.team)})
    if spec.people:
        parts.append(names.all_of("user", spec.people))
    if spec.in_territory:
        parts.append(_("members of its territory"))
    who = _(" or ").join(parts[:2]) if spec.team and spec.people else _(" and ").join(parts)
    asked = []
    if spec.in_territory and spec.team and spec.people:
        asked.append(_("members of its territory"))
    if spec.speaks:
        asked.append(_("who speak its language"))
    if spec.skills:
        asked.append(_("who know %(skills)s") % {"skills": names.all_of("skill", spec.skills)})
    if spec.at_work:
        asked.append(_("who are at work"))
    return ", ".join([who, *asked])


def how(spec: Spec) -> str:
    """How one of them is chosen."""
    return str(Rule.Way(spec.way).label) if spec.way in Rule.Way.values else spec.way


def sentence(spec: Spec, about: Assignable, names: Names, naming: Naming) -> str:
    """A whole rule as a sentence."""
    words = {"which": which(spec, about, naming), "whom": whom(spec, about, names)}
    if spec.way not in Rule.IN_TURN:
        return _("%(which)s → %(whom)s") % words
    return _("%(which)s → %(whom)s; %(how)s") % {**words, "how": how(spec).lower()}
