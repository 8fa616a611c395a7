"""What is done with leads and customers alike: owner, desk, tags, a field."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.assignment.actions import assign_by_rules
from leadline.automation.steps.case import Case, Outcome
from leadline.automation.steps.people import is_person_to_choose, people_to_choose, person_meant
from leadline.automation.steps.registry import Params, Setting, Step, register_step
from leadline.automation.steps.sets import by_kind, follow_owners
from leadline.core.actions import Actor
from leadline.core.drafts import clean_draft
from leadline.core.fields import catalogue
from leadline.core.refusals import RuleBroken
from leadline.customers import actions as customers
from leadline.customers.actions.cleaning import cleaning_for
from leadline.customers.models import Customer
from leadline.leads import actions as leads
from leadline.people.models import User

BOTH = ("lead", "customer")


def _assign(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    outcomes: dict[int, Outcome] = {}
    people: dict[User, list[int]] = {}
    for place, case in enumerate(cases):
        person = person_meant(params["who"], case.owner)
        if person is None:
            outcomes[place] = Outcome(_("Nobody is there to own it"), ok=False)
        else:
            people.setdefault(person, []).append(place)
    for person, places in people.items():
        theirs = [cases[place] for place in places]
        done = by_kind(
            theirs, _assigning(person, by), _("Assigned to %(who)s") % {"who": person}, _("Was theirs")
        )
        outcomes.update(zip(places, done, strict=True))
    follow_owners(cases)
    return [outcomes[place] for place in range(len(cases))]


def _assigning(person: User, by: Actor) -> dict[str, Callable[[list[int]], Any]]:
    return {
        "lead": lambda ids: leads.assign_leads(ids, owner=person, by=by),
        "customer": lambda ids: customers.assign_customers(ids, owner=person, by=by),
    }


register_step(
    Step(
        "assign",
        gettext_lazy("Assign"),
        "user-check",
        BOTH,
        (Setting("who", gettext_lazy("To whom"), "choice", people_to_choose, is_person_to_choose),),
        _assign,
        lambda shown: _("assign it to %(who)s") % shown,
    )
)


def _assign_by_rules(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    outcomes = by_kind(
        cases,
        {"lead": lambda ids: assign_by_rules("lead", ids, by=by)},
        _("Assigned by the rules of assignment"),
        _("Stays with its owner"),
    )
    follow_owners(cases)
    return outcomes


register_step(
    Step(
        "assign_by_rules",
        gettext_lazy("Assign by the rules of assignment"),
        "users-group",
        ("lead",),
        (),
        _assign_by_rules,
        lambda shown: _("let the rules of assignment choose its owner"),
    )
)


def _tags_in(text: str) -> list[str]:
    return [tag for tag in (part.strip() for part in text.split(",")) if tag]


def _check_tags(params: Params) -> None:
    if not _tags_in(params["add"]) and not _tags_in(params["remove"]):
        raise RuleBroken(_("Say which tags to put on or take off."), field="steps")


def _tag(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    add, remove = _tags_in(params["add"]), _tags_in(params["remove"])
    acts = {
        "lead": lambda ids: leads.tag_leads(ids, add=add, remove=remove, by=by),
        "customer": lambda ids: customers.tag_customers(ids, add=add, remove=remove, by=by),
    }
    return by_kind(cases, acts, _tags_told(params), _("Had these tags"))


def _tags_told(shown: Any) -> str:
    signed = [f"+{tag}" for tag in _tags_in(shown["add"])] + [f"−{tag}" for tag in _tags_in(shown["remove"])]
    return _("change its tags (%(tags)s)") % {"tags": ", ".join(signed)}


register_step(
    Step(
        "tag",
        gettext_lazy("Tag"),
        "tag",
        BOTH,
        (
            Setting("add", gettext_lazy("Put on"), required=False, help=gettext_lazy("with commas between")),
            Setting("remove", gettext_lazy("Take off"), required=False),
        ),
        _tag,
        _tags_told,
        check=_check_tags,
    )
)


def _set_field(cases: Sequence[Case], field: str, value: Any, words: str, by: Actor) -> list[Outcome]:
    def change(kind: str, ids: list[int]) -> Any:
        draft = clean_draft(catalogue(kind), {field: value}, cleaning_for(by), keep_empty=True)
        changing = leads.change_leads if kind == "lead" else customers.change_customers
        return changing(dict.fromkeys(ids, draft), by=by)

    acts = {
        "lead": lambda ids: change("lead", ids),
        "customer": lambda ids: change("customer", ids),
    }
    return by_kind(cases, acts, words, _("Was so already"))


def _set_desk(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    desk = Customer.Desk(params["desk"])
    return _set_field(cases, "desk", desk.value, _("Goes to the desk: %(desk)s") % {"desk": desk.label}, by)


register_step(
    Step(
        "desk",
        gettext_lazy("Hand to a desk"),
        "users-group",
        BOTH,
        (Setting("desk", gettext_lazy("Desk"), "choice", lambda: Customer.Desk.choices),),
        _set_desk,
        lambda shown: _("hand it to the desk: %(desk)s") % shown,
    )
)


def fields_to_set(kind: str) -> list[tuple[str, str]]:
    """The fields of a kind to which a rule may give a value."""
    left_out = {"owner", "name", "tags", "desk"}
    return [
        (f"{kind}.{each.name}", f"{catalogue(kind).label}: {each.label}")
        for each in catalogue(kind).fields
        if each.editable and each.name not in left_out
    ]


def _check_field(params: Params) -> None:
    kind, _dot, name = params["field"].partition(".")
    catalogue(kind).field(name).clean(params["value"] or None)


def _give(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    kind, _dot, name = params["field"].partition(".")
    label = catalogue(kind).field(name).label
    theirs = [case for case in cases if case.subject.kind == kind]
    words = _("%(field)s: %(value)s") % {"field": label, "value": params["value"] or "–"}
    done = dict(zip(map(id, theirs), _set_field(theirs, name, params["value"], words, by), strict=True))
    other = Outcome(_("This field is of another kind of record"), ok=False)
    return [done.get(id(case), other) for case in cases]


register_step(
    Step(
        "field",
        gettext_lazy("Set a field"),
        "edit",
        BOTH,
        (
            Setting(
                "field",
                gettext_lazy("Field"),
                "choice",
                lambda: [*fields_to_set("lead"), *fields_to_set("customer")],
            ),
            Setting("value", gettext_lazy("Value"), required=False),
        ),
        _give,
        lambda shown: _("set %(field)s to “%(value)s”") % shown,
        check=_check_field,
    )
)
