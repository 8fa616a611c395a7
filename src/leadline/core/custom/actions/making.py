"""Making a custom field and changing what it is called, what it takes, and who sees it (CUS-21)."""

from collections.abc import Callable
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.custom import rules
from leadline.core.custom.actions.choosing import new_choices
from leadline.core.custom.actions.writing import begin, made_known, present, write
from leadline.core.custom.converting import require_lossless
from leadline.core.custom.events import CustomFieldChanged, CustomFieldMade
from leadline.core.custom.models import CustomField
from leadline.core.events import publish
from leadline.core.fields import Catalogue
from leadline.core.refusals import RuleBroken, RulesBroken

Reading = Callable[[Any, CustomField, Catalogue], Any]
# What can be said of a field, each with how it is read; `kind` comes first, as others ask for it.
SETTINGS: dict[str, Reading] = {
    "kind": lambda given, field, about: rules.kind_from(given),
    "label": lambda given, field, about: rules.label_of(given, about, field),
    "help": lambda given, field, about: rules.text(given or "", "help", longest=300),
    "section": lambda given, field, about: rules.text(given or "", "section", longest=80),
    "synonyms": lambda given, field, about: rules.synonyms_of(given, about, field),
    "required": lambda given, field, about: _yes(given, "required"),
    "currency": lambda given, field, about: rules.currency_of(given, field.kind),
    "minimum": lambda given, field, about: rules.bound_of(given, "minimum", field.kind),
    "maximum": lambda given, field, about: rules.bound_of(given, "maximum", field.kind),
    "seen_by": lambda given, field, about: rules.roles_of(given, "seen_by"),
    "set_by": lambda given, field, about: rules.roles_of(given, "set_by"),
    "is_key": lambda given, field, about: _yes(given, "is_key"),
    "personal": lambda given, field, about: _yes(given, "personal"),
    "sortable": lambda given, field, about: _yes(given, "sortable"),
}


@action
def make_field(
    object: str, *, label: str, kind: str, slug: str = "", choices: Any = (), by: Actor, **settings: Any
) -> CustomField:
    """Make a field of a kind of object; it is the last of its section, and in use at once.

    Raises `RuleBroken` or `RulesBroken` naming what can't be so. `settings` are those of `SETTINGS`, and
    `default`.
    """
    begin(by)
    about = rules.taker(object)
    rules.require_room(object)
    made = CustomField(object=object, position=_last(object) + 1)
    given = {"currency": "", **settings, "kind": kind, "label": label}
    _set(made, given, about)
    made.slug = rules.slug_of(slug, made.label, object)
    made.choices = new_choices(made, choices) if made.kind in CustomField.WITH_CHOICES else []
    return _written(made, settings.get("default"), CustomFieldMade, by)


@action
def change_field(
    definition: CustomField, *, version: int | None = None, by: Actor, **settings: Any
) -> CustomField:
    """Change what is given; the rest stays, and so does every value that records hold.

    Another kind only where each stored value is one of it as it stands (`converting`). Raises `EditConflict`
    when `version` is not the present one.
    """
    begin(by)
    definition = present(definition, version)
    if definition.is_archived:
        raise RuleBroken(_("This field is archived; bring it back first."))
    about = rules.taker(definition.object)
    if "kind" in settings:
        require_lossless(definition, rules.kind_from(settings["kind"]), about)
    if definition.kind == CustomField.Kind.MONEY and not settings.get("currency", "x"):
        del settings["currency"]
    _set(definition, settings, about)
    default = settings.get("default", definition.default)
    return _written(definition, default, CustomFieldChanged, by)


def _set(definition: CustomField, given: dict[str, Any], about: Catalogue) -> None:
    broken: list[RuleBroken] = []
    unknown = given.keys() - SETTINGS.keys() - {"default"}
    for name in sorted(unknown):
        message = _("A custom field has no “%(name)s”. Known are: %(known)s.")
        broken.append(RuleBroken(message % {"name": name[:60], "known": ", ".join(SETTINGS)}, name[:60]))
    for name, read in SETTINGS.items():
        if name in given:
            try:
                setattr(definition, name, read(given[name], definition, about))
            except RuleBroken as refusal:
                broken.append(refusal)
    if broken:
        raise RulesBroken(broken)


def _written(definition: CustomField, default: Any, told: Any, by: Actor) -> CustomField:
    rules.require_consistent(definition)
    definition.default = rules.default_of(default, definition)
    write(definition, by=by)
    made_known()
    publish(told(object=definition.object, field=definition.name), by=by, about=[definition])
    return definition


def _last(object: str) -> int:
    return CustomField.objects.filter(object=object).aggregate(last=Max("position"))["last"] or 0


def _yes(given: Any, field: str) -> bool:
    if not isinstance(given, bool):
        raise RuleBroken(_("“%(name)s” is true or false.") % {"name": field}, field, given)
    return given
