"""What a definition may say; each refusal names what is accepted (ALL-2)."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import override

from leadline.core.custom.building import built, kind_of
from leadline.core.custom.models import LONGEST_SLUG, CustomField
from leadline.core.fields import Catalogue, Cleaning, Field, catalogue, catalogues
from leadline.core.fields.kinds import NUMBER
from leadline.core.localities import currencies
from leadline.core.normalise.text import fold, simple
from leadline.core.organisation import organisation
from leadline.core.refusals import RuleBroken

MOST_FIELDS, MOST_SORTED, MOST_CHOICES, MOST_SYNONYMS = 500, 10, 1_000, 20
LONGEST_LABEL, LONGEST_CHOICE = 80, 100
MOST_DIGITS = 18  # before the point, of the least and the most
KEYS = ("text", "number", "email", "phone", "website")
# These turn the order of letters round, so that a label says something else than it holds.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
Kind = CustomField.Kind


def takers() -> list[Catalogue]:
    """The kinds of objects that take custom fields, those with an owner of their own first."""
    return sorted(
        (about for about in catalogues() if about.custom), key=lambda about: bool(about.scope_table)
    )


def taker(object: Any) -> Catalogue:
    """The catalogue of a kind that takes custom fields; refuses others."""
    known = {about.kind: about for about in takers()}
    if object not in known:
        words = {"value": str(object)[:60], "known": ", ".join(known)}
        raise RuleBroken(
            _("“%(value)s” takes no custom fields. Known are: %(known)s.") % words, "object", object
        )
    return known[object]


def text(given: Any, field: str, *, longest: int, required: bool = False) -> str:
    """One line of plain text."""
    if not isinstance(given, str):
        raise RuleBroken(_("A text is accepted."), field, given)
    line = " ".join(given.split())
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co") or sign in TURNING for sign in line):
        raise RuleBroken(_("This holds a character that is not text."), field, ascii(line)[:80])
    if len(line) > longest:
        message = _("At most %(most)s characters are accepted, not %(count)s.")
        raise RuleBroken(message % {"most": longest, "count": len(line)}, field, f"{line[:60]}…")
    if required and not line:
        raise RuleBroken(_("This is required."), field, given)
    return line


def label_of(given: Any, about: Catalogue, own: CustomField | None = None) -> str:
    """A label that nothing else of the object is called by, in any language."""
    label = text(given, "label", longest=LONGEST_LABEL, required=True)
    _require_free(label, "label", about, own)
    return label


def synonyms_of(given: Any, about: Catalogue, own: CustomField | None = None) -> list[str]:
    """What columns of files may call it besides."""
    lines = _listed(given, "synonyms")
    if len(lines) > MOST_SYNONYMS:
        raise RuleBroken(
            _("At most %(most)s are accepted.") % {"most": MOST_SYNONYMS}, "synonyms", len(lines)
        )
    found = [text(line, "synonyms", longest=LONGEST_LABEL) for line in lines]
    kept = list(dict.fromkeys(filter(None, found)))
    for line in kept:
        _require_free(line, "synonyms", about, own)
    return kept


def _require_free(name: str, field: str, about: Catalogue, own: CustomField | None) -> None:
    for other, known in _names(about, own):
        if _alike(name) in known:
            message = _("“%(name)s” is what the field “%(other)s” is called already. Choose another name.")
            raise RuleBroken(message % {"name": name, "other": other}, field, name)


def _names(about: Catalogue, own: CustomField | None) -> Iterable[tuple[str, set[str]]]:
    """Label → all names of each field there is, built in and made here."""
    for item in about.declared:
        labels = []
        for language, _name in settings.LANGUAGES:
            with override(language):
                labels.append(str(item.label))
        yield str(item.label), {_alike(each) for each in (item.name, *labels, *item.synonyms)}
    others = CustomField.objects.in_use().filter(object=about.kind)
    for other in others.exclude(pk=own.pk) if own and own.pk else others:
        yield other.label, {_alike(each) for each in (other.label, *other.synonyms)}


def _alike(name: str) -> str:
    return simple(fold(name)) or name.casefold()


def slug_of(given: Any, label: str, object: str) -> str:
    """The name for addresses, files and the API: as given, or made of the label; never one that was used."""
    taken = set(CustomField.objects.filter(object=object).values_list("slug", flat=True))
    if given:
        slug = text(given, "slug", longest=LONGEST_SLUG + 2).removeprefix("x_")
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", slug):
            message = _("Small letters a to z, digits and _ are accepted, beginning with a letter.")
            raise RuleBroken(message, "slug", given)
        if slug in taken:
            raise RuleBroken(_("There is a field of this name, perhaps an archived one."), "slug", given)
        return slug
    made = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[: LONGEST_SLUG - 4].strip("_")
    return next_free(made if made[:1].isalpha() else f"field_{made}".strip("_"), taken)


def next_free(word: str, taken: Iterable[str]) -> str:
    """The word, or with the first number that makes it free."""
    known = set(taken)
    if word not in known:
        return word
    return next(
        each for each in (f"{word}_{number}" for number in range(2, len(known) + 3)) if each not in known
    )


def roles_of(given: Any, field: str) -> list[str]:
    """Keys of roles; none is everybody."""
    wanted = [str(each) for each in _listed(given, field)]
    roles: Any = get_user_model()._meta.get_field("roles").related_model
    known = list(roles._default_manager.values_list("key", flat=True))
    for role in wanted:
        if role not in known:
            words = {"value": role[:60], "known": ", ".join(known)}
            raise RuleBroken(_("There is no role “%(value)s”. Known are: %(known)s.") % words, field, role)
    return sorted(set(wanted), key=known.index)


def currency_of(given: Any, kind: str) -> str:
    """The currency of all amounts of the field: that of the organisation where nothing is said."""
    if kind != Kind.MONEY:
        return ""
    code = str(given or organisation().currency).strip().upper()
    if code not in dict(currencies()):
        raise RuleBroken(_("The code of a currency is accepted, such as EUR."), "currency", given)
    return code


def bound_of(given: Any, field: str, kind: str) -> Decimal | None:
    """The least or the most that a number may be."""
    if given in (None, "") or kind not in (Kind.NUMBER, Kind.MONEY):
        return None
    label: Any = CustomField._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    bound = NUMBER.number(given, Field(name=field, label=label, kind=NUMBER, sql=""), None)
    if bound.adjusted() >= MOST_DIGITS:
        message = _("At most %(most)s digits before the point are accepted.")
        raise RuleBroken(message % {"most": MOST_DIGITS}, field, str(bound))
    return bound


def kind_from(given: Any) -> str:
    """One of the kinds."""
    if given not in Kind.values:
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        words = {"value": str(given)[:60], "accepted": ", ".join(Kind.values)}
        raise RuleBroken(message % words, "kind", str(given)[:60])
    return str(given)


def default_of(given: Any, definition: CustomField) -> Any:
    """What a new record gets, by the field's own rules, as it is stored."""
    if given in (None, "", []):
        return None
    if definition.kind in (Kind.USER, Kind.LINK):
        raise RuleBroken(_("A field that points at somebody or something has no default."), "default", given)
    item, _joins = built(definition, catalogue(definition.object))
    try:
        return kind_of(definition).stored(item.clean(given, Cleaning(country=organisation().country)))
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, "default", refusal.value) from None


def require_consistent(definition: CustomField) -> None:
    """What single answers can't say of each other."""
    low, high = definition.minimum, definition.maximum
    if low is not None and high is not None and low > high:
        raise RuleBroken(_("The least is more than the most."), "maximum", str(high))
    if definition.is_key and definition.kind not in KEYS:
        raise RuleBroken(_("Records can't be told apart by a field of this kind."), "is_key", True)
    if definition.sortable and not kind_of(definition).sort_sql("x", "x"):
        raise RuleBroken(_("Lists can't be sorted by a field of this kind."), "sortable", True)
    if definition.kind in CustomField.WITH_CHOICES and not any(
        not each.get("merged_into") for each in definition.choices
    ):
        raise RuleBroken(_("Give at least one choice."), "choices", "")
    if definition.sortable and _others(definition).filter(sortable=True).count() >= MOST_SORTED:
        message = _("Lists sort by at most %(most)s custom fields: each costs every import time.")
        raise RuleBroken(message % {"most": MOST_SORTED}, "sortable", True)


def require_room(object: str) -> None:
    """Refuse more fields than an object can have."""
    if CustomField.objects.in_use().filter(object=object).count() >= MOST_FIELDS:
        message = _("There are %(most)s fields already; archive one that nobody needs.")
        raise RuleBroken(message % {"most": MOST_FIELDS}, "label")


def _others(definition: CustomField) -> Any:
    return CustomField.objects.in_use().filter(object=definition.object).exclude(pk=definition.pk)


def _listed(given: Any, field: str) -> list[Any]:
    if given in (None, ""):
        return []
    found = given if isinstance(given, list | tuple) else str(given).splitlines()
    if not all(isinstance(each, str) for each in found):
        raise RuleBroken(_("A list of texts is accepted."), field, str(given)[:80])
    return list(found)
