"""The small demo company: made through the actions, month by month as it would have come about."""

from collections import defaultdict
from datetime import datetime, timedelta

from leadline.config.demo.imagining import Company, Imagination
from leadline.config.demo.planning import plan_tasks
from leadline.config.demo.staff import Staff, owner_of
from leadline.core.actions import Actor
from leadline.core.clock import at, now
from leadline.core.drafts import Draft, clean_draft
from leadline.core.fields import catalogue
from leadline.customers.actions import (
    add_contacts,
    add_customers,
    block_customers,
    cleaning_for,
    log_activities,
    write_note,
)
from leadline.customers.models import Contact, Customer
from leadline.people.models import User
from leadline.timeline.actions import ActivityDraft

ACTIVITIES_EACH = 6
KINDS = {"call": "calls", "email": "emails", "meeting": "meetings", "chat": "chats"}
OUTCOMES = ("positive", "neutral", "connected", "connected", "no_answer", "negative", "call_back", "")


def act_customers(count: int, *, seed: int, staff: Staff, by: Actor) -> tuple[int, int]:
    """Add customers with their contacts, activities and notes; returns how many contacts and activities."""
    imagination = Imagination(seed, now())
    administrator = Actor(staff.administrator, via=by.via, trace=by.trace)
    made: dict[int, Company] = {}
    months: dict[datetime, list[Company]] = defaultdict(list)
    for number in range(count):
        company = imagination.company(contacts=(1, 2, 2, 3)[number % 4])
        months[company.created_at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)].append(company)
    for month in sorted(months):
        moment = max(company.created_at for company in months[month])
        with at(moment):
            made |= _add(months[month], imagination, staff, administrator)
    contacts = _add_people(made, administrator)
    activities = _log(made, imagination, administrator)
    _write_notes(list(made), imagination)
    _block_some(list(made), administrator)
    plan_tasks(list(made), imagination, by=administrator)
    return contacts, activities


def _add(companies: list[Company], imagination: Imagination, staff: Staff, by: Actor) -> dict[int, Company]:
    customer, cleaning = catalogue("customer"), cleaning_for(by)
    drafts = []
    for row, company in enumerate(companies):
        owner = owner_of(staff, company.country.code, imagination)
        raw = {
            **company.fields,
            "owner": owner.email,
            "customer_since": company.created_at.date().isoformat(),
        }
        drafts.append(clean_draft(customer, raw, cleaning, row=row))
    outcome = add_customers(drafts, by=by)
    return {pk: companies[row] for row, pk in outcome.created.items()}


def _add_people(made: dict[int, Company], by: Actor) -> int:
    drafts: list[Draft] = []
    for pk, company in made.items():
        cleaning = cleaning_for(by, company.country.code)
        for person in company.people:
            raw = {
                "name": person.name,
                "email": person.email,
                "phone": person.phone,
                "title": person.title,
                "department": person.department,
                "language": person.language,
            }
            draft = clean_draft(catalogue("contact"), raw, cleaning, row=len(drafts))
            drafts.append(Draft(draft.row, {**draft.values, "customer": pk}, draft.unclear))
    return len(add_contacts(drafts, by=by).created)


def _log(made: dict[int, Company], imagination: Imagination, by: Actor) -> int:
    owners = {seller.pk: seller for seller in _sellers(list(made))}
    contacts: dict[int, list[int]] = defaultdict(list)
    for pk, customer in (
        Contact.objects.filter(customer__in=made).order_by("pk").values_list("pk", "customer")
    ):
        contacts[customer].append(pk)
    drafts: dict[int, list[ActivityDraft]] = defaultdict(list)
    for customer, owner in Customer.objects.filter(pk__in=made).order_by("pk").values_list("pk", "owner"):
        for _number in range(imagination.random.randrange(ACTIVITIES_EACH * 2 + 1)):
            drafts[owner].append(_activity(customer, contacts[customer], made[customer], imagination))
    logged = 0
    for owner, own in drafts.items():
        activities, _refused = log_activities(own, by=Actor(owners[owner], via=by.via, trace=by.trace))
        logged += len(activities)
    return logged


def _activity(
    customer: int, contacts: list[int], company: Company, imagination: Imagination
) -> ActivityDraft:
    random = imagination.random
    kind = random.choice(("call", "call", "call", "email", "email", "meeting", "chat"))
    when = imagination.moment_since(company.created_at)
    spoken = kind in ("call", "meeting")
    soon = when > imagination.now - timedelta(days=14) and random.random() < 0.3
    return ActivityDraft(
        customer_id=customer,
        contact_id=random.choice(contacts),
        kind=kind,
        title=random.choice(imagination.words[KINDS[kind]]),
        at=when,
        outcome=random.choice(OUTCOMES) if spoken else "",
        duration=random.randrange(5, 95, 5) if spoken else None,
        follow_up_on=(imagination.now + timedelta(days=random.randrange(1, 15))).date() if soon else None,
    )


def _write_notes(customers: list[int], imagination: Imagination) -> None:
    sellers = {seller.pk: seller for seller in _sellers(customers)}
    for number, customer in enumerate(Customer.objects.filter(pk__in=customers).order_by("pk")):
        if number % 3 == 0 and customer.owner_id:
            body = imagination.random.choice(imagination.words["notes"]).replace("\\n", "\n")
            write_note(
                customer, body=body, pin=number % 9 == 0, by=Actor(sellers[customer.owner_id], via="cli")
            )


def _block_some(customers: list[int], by: Actor) -> None:
    block_customers(customers[::97], reason="Unpaid invoices for more than 90 days.", by=by)


def _sellers(customers: list[int]) -> list[User]:
    return list(User.objects.filter(customers__in=customers).distinct())
