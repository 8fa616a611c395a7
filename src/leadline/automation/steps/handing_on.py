"""Handing a customer on to the owner that the rules of its desk choose, and telling both owners (LEA-10)."""

from collections.abc import Mapping, Sequence
from textwrap import shorten

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.assignment.actions import assign_where_rules_run
from leadline.automation.steps.case import Case, Outcome
from leadline.automation.steps.people import OWNER, language_of, person_meant
from leadline.automation.steps.registry import Params, Setting, Step, register_step
from leadline.automation.steps.sets import by_kind, follow_owners
from leadline.core.actions import Actor
from leadline.core.formats import day
from leadline.core.subjects import address_of_subject
from leadline.customers.actions import Done
from leadline.customers.models import Customer
from leadline.handovers.registry import Entry, groups_of
from leadline.people.models import User
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification

AGREED = ("tasks", "promises", "next_dates")  # of what stands on a hand-over sheet
MOST_AGREED, LONGEST = 3, 300


def _owner_of_desk(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    before = [case.owner for case in cases]
    outcomes = _assigned(cases, by)
    follow_owners(cases)
    why = params.get("why", "")  # a rule of before knows no such word
    if not why:
        return outcomes
    return [
        _with_told(outcome, _tell(case, former, why, by)) if outcome.ok else outcome
        for case, former, outcome in zip(cases, before, outcomes, strict=True)
    ]


def _assigned(cases: Sequence[Case], by: Actor) -> list[Outcome]:
    customers_among = [case.subject.id for case in cases if case.subject.kind == "customer"]
    done = assign_where_rules_run("customer", customers_among, by=by) if customers_among else None
    kept = _("Stays with its owner")
    if done is None:
        return [Outcome(kept) for _case in cases]
    return by_kind(
        cases,
        {"customer": lambda ids: done, "lead": lambda ids: Done(unchanged=len(ids))},
        _("Assigned by the rules of assignment"),
        kept,
    )


def _tell(case: Case, former: User | None, why: str, by: Actor) -> list[User]:
    """Both owners hear of it, each what concerns them; where it stays, its owner hears why."""
    if former == case.owner:
        stays = person_meant(OWNER, case.owner)
        text = f"{case.fill(why, language_of(stays))}: {case.name}"
        return _told(stays, text, address_of_subject(case.subject.kind, case.subject.id), case, by)
    told = []
    if former is not None and former.is_active:
        with translation.override(language_of(former)):
            words = _("%(customer)s is %(owner)s’s now: %(why)s.") % _words(case, case.owner or by.user, why)
        sees = Customer.objects.visible_to(former).filter(pk=case.subject.id).exists()
        address = address_of_subject("customer", case.subject.id) if sees else reverse("customers:list")
        told += _told(former, words, address, case, by)
    if case.owner is not None:
        address = address_of_subject("customer", case.subject.id)
        told += _told(case.owner, _for_the_new_one(case, case.owner, former, why), address, case, by)
    return told


def _for_the_new_one(case: Case, owner: User, former: User | None, why: str) -> str:
    with translation.override(language_of(owner)):
        words = _words(case, former, why)
        text = _("%(customer)s is yours now: %(why)s.") % words
        if former is not None:
            text = _("%(customer)s is yours now, from %(owner)s: %(why)s.") % words
        if agreed := _agreed(case.subject.id, owner):
            told = _("Agreed: %(what)s.") % {"what": "; ".join(agreed)}
            text = f"{text} {told}"
    return shorten(text, LONGEST, placeholder="…")


def _words(case: Case, owner: User | None, why: str) -> dict[str, object]:
    because = case.fill(why, translation.get_language() or "").rstrip(".")
    return {"customer": case.name, "owner": owner, "why": because}


def _agreed(customer: int, reader: User) -> list[str]:
    """What is open with the customer, the nearest first: tasks, promises, days on which to ask again."""
    found: list[Entry] = []
    for group in groups_of("customer"):
        if group.key in AGREED:
            found += group.entries([customer], reader).get(customer, [])
    return [f"{each.text} ({when})" if (when := _when(each)) else each.text for each in found[:MOST_AGREED]]


def _when(entry: Entry) -> str:
    moment = entry.due_on or entry.at
    return day(moment) if moment else ""


def _told(person: User | None, text: str, address: str, case: Case, by: Actor) -> list[User]:
    if person is None:
        return []
    kind, cause = Notification.Kind.ASSIGNMENT, f"{case.run_key}:h"[:60]
    notify([person.pk], kind=kind, text=text, address=address, cause=cause, by=by)
    return [person]


def _with_told(outcome: Outcome, told: Sequence[User]) -> Outcome:
    if not told:
        return outcome
    who = _("Told %(who)s") % {"who": ", ".join(person.name for person in told)}
    return Outcome(f"{outcome.words}. {who}")


def _sentence(shown: Mapping[str, str]) -> str:
    if shown["why"]:
        return _("let the rules of assignment choose the customer’s owner, and tell both “%(why)s”") % shown
    return _("let the rules of assignment choose the customer’s owner")


register_step(
    Step(
        "owner_of_desk",
        gettext_lazy("Let the rules choose the customer’s owner, where they run for customers"),
        "users-group",
        ("lead", "customer"),
        (
            Setting(
                "why",
                gettext_lazy("Tell both owners why"),
                required=False,
                places=True,
                help=gettext_lazy("the old one who has it now, the new one from whom and what is agreed"),
            ),
        ),
        _owner_of_desk,
        _sentence,
    )
)
