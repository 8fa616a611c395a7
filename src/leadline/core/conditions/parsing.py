"""From JSON to a condition; what can't be meant is refused with words (ALL-2)."""

import json
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.changesets.models import ChangeSet
from leadline.core.conditions.condition import Condition, everything
from leadline.core.conditions.operands import read_operand, read_unit, refuse
from leadline.core.conditions.operators import Asked
from leadline.core.conditions.tree import ChangedIn, Group, Linked, Not, Part, Question
from leadline.core.fields.catalogue import Catalogue, Link, catalogue
from leadline.core.fields.cleaning import Cleaning
from leadline.core.fields.field import Field
from leadline.core.fields.kinds.links import LARGEST_ID
from leadline.core.fields.kinds.numbers import NUMBER
from leadline.core.refusals import RuleBroken

DEEPEST, MOST_PARTS, LONGEST = 20, 200, 100_000
MEASURES = ("count", "sum", "latest")
GROUPS, CHANGES = ("and", "or"), ("created_in", "changed_in")


def parse(given: Any, about: Catalogue, *, user: Any = None, cleaning: Cleaning | None = None) -> Condition:
    """The condition that a JSON text (or what was read from one) means for a kind of object.

    A `user` limits the fields to those the person may see. Raises `RuleBroken` with `field="where"`.
    """
    tree = _json(given) if isinstance(given, str | bytes) else _checked_texts(given)
    if tree in (None, "", {}, []):
        return everything(about)
    try:
        parser = _Parser(user, cleaning or Cleaning())
        return Condition(about, parser.part(tree, about, 1), tree)
    except RuleBroken as refusal:
        raise refuse(refusal.message, refusal.value) from None


class _Parser:
    """Counts the parts while reading them."""

    def __init__(self, user: Any, cleaning: Cleaning):
        self.user = user
        self.cleaning = cleaning
        self.parts = 0

    def part(self, given: Any, about: Catalogue, depth: int) -> Part:
        self.parts += 1
        if depth > DEEPEST:
            raise refuse(
                _("The condition is nested too deeply: at most %(most)s levels.") % {"most": DEEPEST}
            )
        if self.parts > MOST_PARTS:
            raise refuse(_("The condition has too many parts: at most %(most)s.") % {"most": MOST_PARTS})
        if not isinstance(given, dict):
            raise refuse(
                _('A part of a condition is an object such as {"field": …, "op": …, "value": …}.'), given
            )
        if "not" in given:
            _only(given, {"not"})
            return Not(self.part(given["not"], about, depth + 1))
        if "field" in given:
            return self._question(given, about)
        for words, read in ((GROUPS, self._group), (MEASURES, self._linked), (CHANGES, self._changed)):
            for word in words:
                if word in given:
                    return read(word, given, about, depth)
        raise refuse(
            _(
                "A part of a condition has “and”, “or”, “not”, “field”, “count”, “sum”, “latest”,"
                " “created_in” or “changed_in”."
            ),
            given,
        )

    def _group(self, word: str, given: dict[str, Any], about: Catalogue, depth: int) -> Part:
        _only(given, {word})
        if not isinstance(given[word], list):
            raise refuse(_("“%(word)s” needs a list of conditions.") % {"word": word}, given[word])
        return Group(word, tuple(self.part(item, about, depth + 1) for item in given[word]))

    def _question(self, given: dict[str, Any], about: Catalogue) -> Part:
        _only(given, {"field", "op", "value", "unit"})
        field = about.field(given["field"], self.user)
        if not field.filterable:
            raise refuse(_("“%(field)s” can't be filtered by.") % {"field": field.name}, field.name)
        return Question(self._asked(field, given))

    def _asked(self, field: Field, given: dict[str, Any]) -> Asked:
        op = given.get("op")
        if op not in field.operators:
            message = _("“%(op)s” can't be asked of %(field)s. Accepted: %(known)s.")
            words = {"op": str(op)[:60], "field": field.label, "known": ", ".join(field.operators)}
            raise refuse(message % words, op)
        return Asked(field, op, read_operand(field, op, given, self.cleaning), read_unit(field, given))

    def _changed(self, word: str, given: dict[str, Any], about: Catalogue, depth: int) -> Part:
        _only(given, {word})
        key = given[word]
        if isinstance(key, bool) or not isinstance(key, int) or not 0 < key <= LARGEST_ID:
            raise refuse(_("“%(word)s” needs the id of a change set.") % {"word": word}, key)
        shown = ChangeSet.objects.visible_to(self.user) if self.user else ChangeSet.objects.all()
        title = shown.filter(pk=key).values_list("title", flat=True).first()
        return ChangedIn(about, word.removesuffix("_in"), key, title or "")

    def _linked(self, measure: str, given: dict[str, Any], about: Catalogue, depth: int) -> Part:
        _only(given, {measure, "of", "where", "op", "value", "unit"})
        link = _link(given[measure], about)
        linked = catalogue(link.kind)
        of = self._measured(measure, given.get("of"), link, linked)
        label = link.label if of is None else of.label
        field = of if measure == "latest" and of else Field(name=link.name, label=label, kind=NUMBER, sql="")
        where = self.part(given["where"], linked, depth + 1) if given.get("where") else None
        return Linked(link, linked, measure, of, where, self._asked(field, given))

    def _measured(self, measure: str, of: Any, link: Link, linked: Catalogue) -> Field | None:
        if measure == "count":
            if of is not None:
                raise refuse(_("“count” takes no “of”."), of)
            return None
        known = link.sums if measure == "sum" else link.dates
        if of is None and len(known) == 1:
            of = known[0]
        if of not in known:
            message = _("“%(measure)s” of %(link)s needs “of”, one of: %(known)s.")
            words = {"measure": measure, "link": link.name, "known": ", ".join(known) or "–"}
            raise refuse(message % words, of)
        return linked.field(of, self.user)


def _link(name: Any, about: Catalogue) -> Link:
    found = about.links_by_name.get(name) if isinstance(name, str) else None
    if found is None:
        known = ", ".join(about.links_by_name) or "–"
        message = _("There is nothing linked called “%(name)s”. Known are: %(known)s.")
        raise refuse(message % {"name": str(name)[:60], "known": known}, name)
    return found


def _only(given: dict[str, Any], accepted: set[str]) -> None:
    unknown = sorted(str(key) for key in given.keys() - accepted)
    if unknown:
        message = _("“%(unknown)s” has no meaning here. Accepted: %(accepted)s.")
        raise refuse(
            message % {"unknown": unknown[0][:60], "accepted": ", ".join(sorted(accepted))}, unknown[0]
        )


def _json(text: str | bytes) -> Any:
    if len(text) > LONGEST:
        raise refuse(_("The condition is too long: at most %(most)s characters.") % {"most": LONGEST})
    if not text.strip():
        return None
    try:
        tree = json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    except RecursionError:
        raise refuse(
            _("The condition is nested too deeply: at most %(most)s levels.") % {"most": DEEPEST}
        ) from None
    except (ValueError, ArithmeticError):
        shown = text[:80] if isinstance(text, str) else repr(text[:80])
        raise refuse(_("The condition is not JSON."), shown) from None
    return _checked_texts(tree)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _checked_texts(tree: Any) -> Any:
    """Refuse NUL and half characters, which no text in the database can hold."""
    try:
        shown = json.dumps(tree, ensure_ascii=False, default=str)
        shown.encode()
    except RecursionError:
        raise refuse(
            _("The condition is nested too deeply: at most %(most)s levels.") % {"most": DEEPEST}
        ) from None
    except UnicodeEncodeError:
        raise refuse(_("The condition holds a broken character; only text is accepted.")) from None
    except (TypeError, ValueError):
        raise refuse(_("The condition is not JSON.")) from None
    if "\\u0000" in shown:
        raise refuse(_("The condition holds a NUL character; only text is accepted."))
    return tree
