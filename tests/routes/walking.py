"""The walk: finds every address and every operation by itself, and asks each as somebody."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from leadline.api.actions.webhooks import add_webhook
from leadline.api.v1 import api
from leadline.core.actions import Actor
from leadline.core.changesets.models import ChangeSet
from leadline.core.clock import now
from leadline.core.events.models import EventRecord
from leadline.core.history.models import HistoryEntry
from leadline.core.jobs.models import Job
from leadline.core.lists.actions import save_view
from leadline.core.privacy import person_of
from leadline.customers.actions import make_promise
from leadline.customers.models import Contact, Customer
from leadline.governance.actions import request_erasure, set_retention_rule
from leadline.handovers.models import Handover, Sheet
from leadline.imports.actions import bring
from leadline.imports.files import keep
from leadline.imports.models import Import
from leadline.people.actions import create_token
from leadline.people.models import Role, Territory, User
from leadline.people.signing.entering import session_cookie
from leadline.people.signing.models import Session
from leadline.people.working.actions import add_skill
from leadline.timeline.actions import attach_file
from leadline.timeline.models import Notification
from tests.cast import Make

API = "/api/v1/"
MISSING = 987_654_321
WHOSE = ("own", "territory's", "team's", "others'")
# What stands before a parameter in an address → what the parameter names. A new kind of record adds a line
# here, and is planted below.
NAMED_BY = {
    "customers": "customer",
    "contacts": "contact",
    "notes": "note",
    "activities": "activity",
    "attachments": "attachment",
    "promises": "promise",
    "handovers": "handover",
    "sheets": "sheet",
    "handover-sheets": "sheet",
    "of": "owned",
    "imports": "import",
    "jobs": "job",
    "exports": "export",
    "changes": "change_set",
    "change-sets": "change_set",
    "tokens": "token",
    "sessions": "session",
    "views": "view",
    "saved-views": "view",
    "notifications": "notification",
    "people": "user",
    "users": "user",
    "teams": "team",
    "territories": "territory",
    "roles": "role",
    "skills": "skill",
    "entries": "entry",
    "privacy": "person",
    "sensitive": "person",
    "erasures": "erasure",
    "retention": "retention_rule",
    "retention-rules": "retention_rule",
    "webhooks": "webhook",
    "bulk": "verb",
    "template": "kind",
}
OF_A_CUSTOMER = ("customer", "contact", "note", "activity", "attachment", "promise")
OF_SOMEBODY = (
    "import",
    "job",
    "export",
    "change_set",
    "token",
    "session",
    "view",
    "notification",
    "handover",
    "sheet",
)
_PARAMETER = re.compile(r"<(?:\w+:)?\w+>|\{\w+\}")


@dataclass(frozen=True)
class Asked:
    """One method of one address, as the table names it: `GET customers/<int:pk>/edit`."""

    method: str
    route: str

    @property
    def names(self) -> str:
        """What its parameter names: "customer", "role"; empty without one."""
        found = _PARAMETER.search(self.route)
        if not found:
            return ""
        before = self.route[: found.start()].rstrip("/").rsplit("/", 1)[-1]
        return NAMED_BY.get(before, f"? (nothing known stands behind “{before}/”)")

    def address(self, key: Any) -> str:
        """The address with its parameter filled in; a second one names what is not there."""
        first = _PARAMETER.sub(str(key), self.route, count=1)
        return f"/{_PARAMETER.sub(str(MISSING), first)}"


@cache
def every_page() -> list[Asked]:
    """The addresses that are not of the API, with the methods that each takes: it says so itself (405)."""
    return [
        Asked(method, route)
        for route, view in _patterns(get_resolver().url_patterns)
        if not route.startswith("api/")
        for method in _methods(view)
    ]


@cache
def every_operation() -> list[Asked]:
    """The operations of the API, as its description tells them."""
    paths = api.get_openapi_schema()["paths"]
    return [
        Asked(method.upper(), path.lstrip("/")) for path, operations in paths.items() for method in operations
    ]


def _patterns(patterns: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route, each.callback
        else:
            yield from _patterns(each.url_patterns, route)


def _methods(view: Any) -> list[str]:
    """GET and POST, as far as the view's own decorators let them in."""
    allowed: set[str] = set()
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            value = cell.cell_contents
            if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
                allowed |= set(value)
        view = getattr(view, "__wrapped__", None)
    return [method for method in ("GET", "POST") if method in (allowed or {"GET"})]


@dataclass
class Records:
    """What the parameters name: kind → whose → key. All that a customer has carries a mark."""

    keys: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of(self, kind: str) -> dict[str, Any]:
        """Whose → key; what belongs to nobody has one, under "any"."""
        return self.keys[kind]

    def add(self, kind: str, whose: str, key: Any) -> None:
        """One more."""
        self.keys.setdefault(kind, {})[whose] = key


def mark(whose: str) -> str:
    """A word that stands in everything that belongs to a customer of somebody, and nowhere else."""
    return {"own": "Qowny", "territory's": "Qterry", "team's": "Qteamy", "others'": "Qothery"}[whose]


def plant(
    records: Records, make: Make, whose: str, owner: User | None, territory: Territory | None = None
) -> None:
    """A customer with all that it can have, marked everywhere."""
    sign = mark(whose)
    customer = make.customer(
        owner,
        name=f"{sign} Trading",
        email=f"{sign}@example.com".lower(),
        city=f"{sign}ville",
        tags=[sign.lower()],
        description=f"{sign} sells nets.",
    )
    if territory:
        Customer.objects.filter(pk=customer.pk).update(territory=territory)
    contact = make.contact(customer, name=f"{sign} Person", email=f"p.{sign}@example.com".lower())
    make.contact(customer, name=f"{sign} Second", email=f"s.{sign}@example.com".lower())
    note = make.note(customer, f"{sign} prefers mornings.")
    call = make.activity(customer, title=f"{sign} called", contact_id=contact.pk)
    file = attach_file(note, SimpleUploadedFile(f"{sign}.txt", sign.encode()), by=make.by)
    promise = make_promise(customer, text=f"{sign} gets a price list", due_on=date(2099, 1, 1), by=make.by)
    named = {
        "customer": customer,
        "contact": contact,
        "note": note,
        "activity": call,
        "attachment": file,
        "promise": promise,
    }
    for kind, record in named.items():
        records.add(kind, whose, record.pk)


def plant_of_somebody(records: Records, whose: str, user: User, administrator: Actor) -> None:
    """What belongs to whoever made it: a file on its way in, jobs, a token, a view, …"""
    by = Actor(user)
    at = {"created_at": now()}
    change_set = ChangeSet.objects.create(
        kind="bulk", title="Tagged", created_by=user, state=ChangeSet.State.DONE, undo_until=now(), **at
    )
    done = {"state": Job.State.DONE, "created_by": user, **at}
    create_token(user, name="old", by=by)
    session_cookie(user)
    brought = bring("customers", keep([b"Name,Email\nA,a@example.com\n"], "list.csv"), by=administrator)
    Import.objects.filter(pk=brought.pk).update(created_by=user)
    handover = Handover.objects.create(
        reason="change", way="one", title="Hand-over", started_by=user, starts_on=date(2099, 1, 1), **at
    )
    made = {
        "handover": handover,
        "sheet": Sheet.objects.create(handover=handover, owner=user, **at),
        "change_set": change_set,
        "job": Job.objects.create(kind="customers.bulk", title="Tagging", change_set=change_set, **done),
        "export": Job.objects.create(kind="core.export", title="Export", **done),
        "import": brought,
        "token": user.tokens.order_by("-pk").first(),
        "session": Session.objects.filter(user=user).order_by("-pk").first(),
        "view": save_view("customer", name=f"View {user.pk}", by=by),
        "notification": Notification.objects.create(
            user=user,
            kind="assignment",
            text="You own a customer.",
            address="/customers/",
            cause="test",
            **at,
        ),
    }
    for kind, record in made.items():
        records.add(kind, whose, record.pk)


def plant_what_all_share(records: Records, people: SimpleNamespace) -> None:
    """What belongs to nobody."""
    records.add("user", "any", people.prue.pk)
    records.add("team", "any", people.south.pk)
    records.add("role", "any", "product")
    records.add("skill", "any", add_skill(name="Dutch", kind="language", by=Actor(people.ada)).pk)
    hook = add_webhook(name="Hook", address="https://example.com/hook", by=Actor(people.ada))
    records.add("webhook", "any", hook.pk)
    records.add("entry", "any", HistoryEntry.objects.latest("id").pk)
    records.add("verb", "any", "tag")
    records.add("owned", "any", "customer")
    records.add("person", "any", "contact")
    contact = person_of("contact", Contact.objects.latest("id").pk)
    erasure = request_erasure(contact, reason="Asked", by=Actor(people.ada))
    records.add("erasure", "any", erasure.pk)
    kept = {"name": "Old", "kind": "customer", "days": 730, "deed": "archive"}
    records.add("retention_rule", "any", set_retention_rule(None, **kept, by=Actor(people.ada)).pk)
    records.add("kind", "any", "customers")


def holder_of(role: str, people: SimpleNamespace) -> User:
    """Somebody of a role who manages North and works in Java."""
    user = User.objects.create(email="holder@example.com", name="Holder", team=people.north, password="!")
    user.roles.set([Role.objects.get(key=role)])
    people.north.manager = user
    people.north.save()
    Territory.objects.get(name="Java").members.add(user)
    return User.objects.get(pk=user.pk)


@dataclass(frozen=True)
class Answer:
    """What came back: the status, all of the body, and where it leads."""

    status: int
    body: bytes
    leads_to: str


class Walker:
    """Asks addresses as somebody; whatever an answer changed is taken back."""

    def __init__(self, user: User | None = None, *, token: str = ""):
        self.user = user
        self.browser = Client(raise_request_exception=True)
        self.program = Client(raise_request_exception=False)
        self.cookies = {settings.SESSION_COOKIE_NAME: session_cookie(user)} if user else {}
        if user:
            token = create_token(user, name="walk", by=Actor(user))
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, asked: Asked, key: Any, sends: dict[str, str]) -> Answer:
        """The answer; what it did is undone, and a browser that was signed out is signed in again."""
        self.browser.cookies = SimpleCookie(self.cookies)
        address = asked.address(key)
        with transaction.atomic():
            response = self._asked(asked, address, sends)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        return Answer(response.status_code, body, response.headers.get("Location", ""))

    def browser_asks_the_api(self, asked: Asked, key: Any) -> Answer:
        """The answer to a page of ours that asks the API by its session."""
        self.browser.cookies = SimpleCookie(self.cookies)
        ask = getattr(self.browser, asked.method.lower())
        response = ask(asked.address(key), "{}", content_type="application/json")
        return Answer(response.status_code, response.content, "")

    def _asked(self, asked: Asked, address: str, sends: dict[str, str]) -> Any:
        if not address.startswith(API):
            return getattr(self.browser, asked.method.lower())(address, sends)
        if asked.method == "GET":
            return self.program.get(address, sends, headers=self.headers)
        content = {"data": json.dumps(_typed(sends)), "content_type": "application/json"}
        return getattr(self.program, asked.method.lower())(address, headers=self.headers, **content)


def _typed(sends: dict[str, str]) -> dict[str, Any]:
    """What a line of the table sends, as JSON: numbers, lists and quoted texts as such."""
    return {
        name: json.loads(value) if value[:1] in '"[{0123456789' else value for name, value in sends.items()
    }


def happened() -> int:
    """How far the ledger of events is: a refused request adds nothing."""
    return EventRecord.objects.order_by("-id").values_list("id", flat=True).first() or 0
