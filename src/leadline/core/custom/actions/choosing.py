"""The choices of a field: added, renamed, ordered, retired, merged (CUS-21).

The key of a choice is made once and stays: records keep keys, so that another label changes no record.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.changesets import start_change
from leadline.core.custom import rules
from leadline.core.custom.actions.writing import begin, made_known, present, write
from leadline.core.custom.events import CustomFieldChanged
from leadline.core.custom.models import CustomField
from leadline.core.events import publish
from leadline.core.jobs import Job
from leadline.core.normalise.text import fold
from leadline.core.refusals import RuleBroken

MERGING = "custom.merge_choices"
LONGEST_KEY = 40
Choice = dict[str, Any]


@action
def change_choices(
    definition: CustomField, *, choices: Sequence[Any], version: int | None = None, by: Actor
) -> CustomField:
    """Give a field its choices, in their order: `{"key", "label", "retired"}`, new ones without a key.

    One that is left out is retired, not removed: records may have it. Raises `EditConflict`.
    """
    begin(by)
    definition = present(definition, version)
    _require_choices(definition)
    definition.choices = new_choices(definition, choices)
    rules.require_consistent(definition)
    write(definition, by=by)
    made_known()
    _tell(definition, by)
    return definition


@action
def merge_choices(
    definition: CustomField, *, key: str, into: str, version: int | None = None, by: Actor
) -> Job:
    """Let one choice become another, on every record that has it; the job is a change set, to be undone.

    What is asked for or brought in under the old name means the new one from now on.
    """
    begin(by)
    definition = present(definition, version)
    _require_choices(definition)
    known = {each["key"]: each for each in definition.choices if not each.get("merged_into")}
    for name, given in (("key", key), ("into", into)):
        if given not in known:
            raise RuleBroken(
                _("“%(value)s” is no choice of this field.") % {"value": str(given)[:60]}, name, given
            )
    if key == into:
        raise RuleBroken(_("Choose another one to merge it into."), "into", into)
    words = {"one": known[key]["label"], "other": known[into]["label"], "field": definition.label}
    title = _("%(field)s: “%(one)s” becomes “%(other)s”") % words
    job = start_change(MERGING, title=title, params={"field": definition.pk, "key": key, "into": into}, by=by)
    by = by.within(job.change_set_id) if job.change_set_id else by
    _merged(definition, key, into, by=by)
    return job


@action
def _merged(definition: CustomField, key: str, into: str, *, by: Actor) -> None:
    """Written as part of the change set, so that undoing it offers the choice again."""
    for choice in definition.choices:
        if choice["key"] == key:
            choice["merged_into"] = into
    write(definition, by=by)
    made_known()
    _tell(definition, by)


def new_choices(definition: CustomField, given: Any) -> list[Choice]:
    """Choices as they are stored; those that were there and are not given are retired."""
    before: Sequence[Choice] = definition.choices
    if not isinstance(given, list | tuple):
        raise RuleBroken(_("A list of choices is accepted."), "choices", str(given)[:80])
    known = {each["key"]: each for each in before}
    merged = [each for each in before if each.get("merged_into")]
    found = [_choice(each, known, position) for position, each in enumerate(given, start=1)]
    if definition.kind == CustomField.Kind.SEVERAL:
        _require_apart_in_files(found)
    found = [each for each in found if not known.get(each["key"], {}).get("merged_into")]
    _require_apart([*found, *merged])
    if len(found) > rules.MOST_CHOICES:
        message = _("At most %(most)s choices are accepted.")
        raise RuleBroken(message % {"most": rules.MOST_CHOICES}, "choices", len(found))
    _give_keys(found, known)
    kept = {each["key"] for each in found}
    gone = [{**each, "retired": True} for each in before if each["key"] not in kept and each not in merged]
    return [*found, *gone, *merged]


def _choice(given: Any, known: dict[str, Choice], position: int) -> Choice:
    given = {"label": given} if isinstance(given, str) else given
    if not isinstance(given, dict):
        raise RuleBroken(_("A choice is a label, or a key with a label."), "choices", str(given)[:80])
    key = given.get("key") or ""
    if key and (not isinstance(key, str) or key not in known):
        message = _("“%(value)s” is no choice of this field.")
        raise RuleBroken(message % {"value": str(key)[:60]}, "choices", str(key)[:60])
    label = rules.text(
        given.get("label", known.get(key, {}).get("label", "")), "choices", longest=rules.LONGEST_CHOICE
    )
    if not label:
        raise RuleBroken(_("Choice %(number)s has no label.") % {"number": position}, "choices", "")
    return {"key": key, "label": label, "retired": bool(given.get("retired"))}


def _require_apart_in_files(choices: Sequence[Choice]) -> None:
    for choice in choices:
        if "," in choice["label"] or ";" in choice["label"]:
            message = _("A choice has no comma or semicolon: files part several by them.")
            raise RuleBroken(message, "choices", choice["label"])


def _require_apart(choices: Sequence[Choice]) -> None:
    seen: set[str] = set()
    keys: set[str] = set()
    for choice in choices:
        if choice["key"] in keys:
            message = _("“%(value)s” stands among the choices twice, or was one that was merged.")
            raise RuleBroken(message % {"value": choice["key"]}, "choices", choice["key"])
        keys |= {choice["key"]} - {""}
        known_as = " ".join(choice["label"].casefold().replace("_", " ").split())
        if known_as in seen:
            message = _("“%(value)s” stands among the choices twice, or was one that was merged.")
            raise RuleBroken(message % {"value": choice["label"]}, "choices", choice["label"])
        seen.add(known_as)


def _give_keys(choices: Sequence[Choice], known: dict[str, Choice]) -> None:
    taken = {*known, *(each["key"] for each in choices)}
    labels = {" ".join(each["label"].casefold().replace("_", " ").split()) for each in choices}
    for choice in choices:
        if not choice["key"]:
            made = re.sub(r"[^a-z0-9]+", "_", fold(choice["label"])).strip("_")[: LONGEST_KEY - 6].strip("_")
            word = made or "choice"
            # A key that reads like the label of another choice would be taken for it in a file.
            other = labels - {" ".join(choice["label"].casefold().replace("_", " ").split())}
            blocked = {label.replace(" ", "_") for label in other}
            choice["key"] = rules.next_free(word, {*taken, *blocked})
            taken.add(choice["key"])


def _require_choices(definition: CustomField) -> None:
    if definition.kind not in CustomField.WITH_CHOICES:
        raise RuleBroken(_("A field of this kind has no choices."), "choices")
    if definition.is_archived:
        raise RuleBroken(_("This field is archived; bring it back first."))


def _tell(definition: CustomField, by: Actor) -> None:
    told = CustomFieldChanged(object=definition.object, field=definition.name)
    publish(told, by=by, about=[definition])
