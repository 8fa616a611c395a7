"""“Why?” says “allowed” just when the action does it, and nothing of what may not be known (PPL-5, ALL-3)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadline.automation import actions as rules
from leadline.automation.models import Rule
from leadline.compliance import actions as compliance
from leadline.compliance.models import Procedure
from leadline.compliance.tests.paying import document
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.organisation import forget_organisation, organisation
from leadline.core.verbs import kinds_explained
from leadline.customers import actions
from leadline.customers.models import Customer
from leadline.leads import actions as leads
from leadline.leads.models import Lead, Reason, Stage
from leadline.people.explaining.asking import why
from leadline.people.models import Role, Territory, User
from leadline.people.provided_roles import provided_grants
from leadline.segments.actions import add_members, archive_segment, change_segment, restore_segment
from leadline.segments.models import Segment, Standing
from leadline.tasks import actions as tasks
from leadline.tasks.models import Task
from leadline.timeline.actions import make_promise
from leadline.timeline.models import Activity
from tests.scope.test_verbs import holder, succeeds

__all__ = ["holder"]

ROLES = sorted(provided_grants())
MISSING = 987_654_321
STATES = ("current", "blocked", "archived", "erased")


class Records:
    """For each whose and state a customer with a contact, a note, a call and a promise."""

    def __init__(self, make: Any, owners: dict[str, User | None], territory: Territory):
        self.made: list[tuple[str, Any]] = []
        for whose, owner in owners.items():
            for state in STATES if whose == "own" else ("current", "archived"):
                customer = make.customer(owner)
                self._log_on(make, customer, owner)
                self._bring_into(make, state, customer, territory if whose == "territory's" else None)
            self._bring_in(make, owner, territory if whose == "territory's" else None)
            self._check(make, owner, territory if whose == "territory's" else None)
            if owner is not None:
                self._gather(whose, owner)

    def _bring_in(self, make: Any, owner: User | None, territory: Territory | None) -> None:
        """A lead in work, one that is closed, one that is archived."""
        for change in (None, "closed", "archived"):
            lead = make.lead(owner)
            if change == "closed":
                leads.disqualify_lead(lead, reason=Reason.objects.first(), by=make.by)
            elif change == "archived":
                leads.archive_lead(lead, by=make.by)
            Lead.objects.filter(pk=lead.pk).update(territory=territory)
            self.made.append(("lead", Lead.objects.get(pk=lead.pk)))

    def _check(self, make: Any, owner: User | None, territory: Territory | None) -> None:
        """Procedures in each state, and one of which all is approved."""
        for state in ("collecting", "review", "approved", "declined", "ready"):
            lead = make.lead(owner)
            Lead.objects.filter(pk=lead.pk).update(territory=territory)
            begun = compliance.begin_procedure(lead=lead, customer=None, by=make.by)
            if state == "ready":
                begun.checks.update(state="approved")
            Procedure.objects.filter(pk=begun.pk).update(state="review" if state == "ready" else state)
            self.made.append(("procedure", Procedure.objects.whole().get(pk=begun.pk)))

    def _gather(self, whose: str, owner: User) -> None:
        """Segments for everybody to see: static, dynamic, archived."""
        kept = {"kind": "customer", "owner": owner, "visibility": "everybody"}
        for name, more in (
            ("static", {"is_dynamic": False}),
            ("dynamic", {"rule": {"field": "city", "op": "equals", "value": "Solo"}}),
            ("archived", {"archived_at": now()}),
        ):
            at = {"created_at": now(), "updated_at": now()}
            segment = Segment.objects.create(name=f"{whose} {name}", **kept, **more, **at)
            Standing.objects.create(segment=segment)
            self.made.append(("segment", segment))
        for name, more in (("open", {}), ("done", {"done_at": now()}), ("archived", {"archived_at": now()})):
            at = {"created_at": now(), "updated_at": now(), "zone": "UTC"}
            task = Task.objects.create(title=f"{whose} {name}", owner=owner, made_by=owner, **more, **at)
            self.made.append(("task", task))

    def _log_on(self, make: Any, customer: Customer, owner: User | None) -> None:
        contact = make.contact(customer)
        gone = actions.archive_contact(make.contact(customer), by=make.by)
        note, call = make.note(customer), make.activity(customer)
        type(note).objects.filter(pk=note.pk).update(author=owner)
        note.refresh_from_db()
        promise = make_promise(customer.pk, text="A price list", due_on=call.at.date(), by=make.by)
        for kind, record in (
            ("contact", contact),
            ("contact", gone),
            ("note", note),
            ("activity", call),
            ("promise", promise),
        ):
            self.made.append((kind, record))

    def _bring_into(self, make: Any, state: str, customer: Customer, territory: Territory | None) -> None:
        if state == "blocked":
            actions.block_customer(customer, reason="Unpaid", by=make.by)
        if state in ("archived", "erased"):
            actions.archive_customer(customer, by=make.by)
        rows = Customer.objects.filter(pk=customer.pk)
        rows.update(territory=territory, erased_at=now() if state == "erased" else None)
        self.made.append(("customer", rows.get()))


def twin_of(user: User) -> Customer:
    """A customer of the person's own, to be merged."""
    return actions.add_customer(name="Twin", email="twin@example.com", owner=user.pk, by=by_the_house())


def person_at(customer: Customer) -> Any:
    """A contact there."""
    return actions.add_contact(customer, name="Twin", email="twin@example.com", by=by_the_house())


def by_the_house() -> Actor:
    return Actor(User.objects.house())


def attempts(kind: str, by: Actor, user: User) -> dict[str, Callable[[Any], object]]:
    """Verb → the action that the pages and the API call."""
    customer_of = lambda entry: Customer.objects.get(pk=entry.customer_id)  # noqa: E731
    return {
        "customer": {
            "edit": lambda c: actions.edit_customer(c, city="Medan", by=by),
            "log": lambda c: actions.log_activity(c, kind="call", title="T", by=by),
            "assign": lambda c: actions.assign_customer(c, owner=user, by=by),
            "block": lambda c: actions.block_customer(c, reason="Fraud", by=by),
            "unblock": lambda c: actions.unblock_customer(c, by=by),
            "archive": lambda c: actions.archive_customer(c, by=by),
            "restore": lambda c: actions.restore_customer(c, by=by),
            "merge": lambda c: actions.merge_customers(c, others=[twin_of(user).pk], by=by),
        },
        "contact": {
            "edit": lambda c: actions.edit_contact(c, title="Buyer", by=by),
            "archive": lambda c: actions.archive_contact(c, by=by),
            "restore": lambda c: actions.restore_contact(c, by=by),
            "merge": lambda c: actions.merge_contacts(c, others=[person_at(twin_of(user)).pk], by=by),
        },
        "lead": {
            "edit": lambda lead: leads.edit_lead(lead, campaign="Fair", by=by),
            "log": lambda lead: leads.log_activity(lead, kind="call", title="T", by=by),
            "work": lambda lead: leads.work_lead(lead, outcome="busy", by=by),
            "stage": lambda lead: leads.set_stage_of(lead, stage=Stage.objects.get(key="new"), by=by),
            "disqualify": lambda lead: leads.disqualify_lead(lead, reason=Reason.objects.first(), by=by),
            "reopen": lambda lead: leads.reopen_lead(lead, by=by),
            "convert": lambda lead: leads.convert_lead(lead, alike="new", by=by),
            "assign": lambda lead: leads.assign_lead(lead, owner=user, by=by),
            "star": lambda lead: leads.star_lead(lead, until=now() + timedelta(hours=1), by=by),
            "archive": lambda lead: leads.archive_lead(lead, by=by),
            "restore": lambda lead: leads.restore_lead(lead, by=by),
        },
        "procedure": {
            "edit": lambda p: compliance.add_document(p.checks.first(), file=document(), by=by),
            "submit": lambda p: compliance.submit_procedure(p, by=by),
            "ask_again": lambda p: compliance.ask_again(p, by=by),
            "review": lambda p: compliance.decide_check(
                p.checks.first(), verdict="declined", reason="Blurred", by=by
            ),
            "approve": lambda p: compliance.approve_procedure(p, by=by),
            "decline": lambda p: compliance.decline_procedure(p, reason="Fraud", by=by),
            "reopen": lambda p: compliance.reopen_procedure(p, by=by),
        },
        "note": {"edit": lambda n: actions.edit_note(n, customer_of(n), body="Afternoons.", by=by)},
        "activity": {
            "edit": lambda a: actions.edit_activity(
                a, customer_of(a), kind=a.kind, title="Another", at=a.at, by=by
            )
        },
        "segment": {
            "edit": lambda s: change_segment(s, description="New", by=by),
            "pick": lambda s: add_members(s, [MISSING], by=by),
            "archive": lambda s: archive_segment(s, by=by),
            "restore": lambda s: restore_segment(s, by=by),
        },
        "automation_rule": {
            "edit": lambda r: rules.change_rule(r, once_per="day", by=by),
            "archive": lambda r: rules.archive_rule(r, by=by),
            "restore": lambda r: rules.restore_rule(r, by=by),
        },
        "task": {
            "edit": lambda t: tasks.change_task(t, title="Another", by=by),
            "finish": lambda t: tasks.finish_task(t, by=by),
            "reopen": lambda t: tasks.reopen_task(t, by=by),
            "snooze": lambda t: tasks.snooze_task(t, until=now() + timedelta(days=1), by=by),
            "assign": lambda t: tasks.reassign_task(
                t, owner=User.objects.get(email="ada@example.com"), by=by
            ),
            "archive": lambda t: tasks.archive_task(t, by=by),
            "restore": lambda t: tasks.restore_task(t, by=by),
        },
        "promise": {
            "edit": lambda p: actions.edit_promise(p, customer_of(p), text="Two", due_on=p.due_on, by=by)
        },
    }[kind]


@pytest.mark.parametrize("role", ROLES)
def test_why_says_allowed_just_when_the_action_does_it(cast, make, holder, role):
    """PPL-5: every verb on every kind of record, whoever it belongs to, in each state, tried and undone."""
    user = holder(role)
    owners = {"own": user, "team's": cast.rosa, "territory's": cast.otto, "others'": cast.otto}
    records = Records(make, owners, Territory.objects.get(name="Java"))
    by = Actor(user)

    wrong = []
    for kind, record in records.made:
        answer = why(user, kind, record.pk)
        told = {verdict.verb: verdict for verdict in answer.verdicts}
        seen = type(record)._default_manager.all().visible_to(user).filter(pk=record.pk).exists()
        assert answer.found == seen
        if not seen:
            assert not any(verdict.allowed for verdict in answer.verdicts)
            continue
        for verb, attempt in attempts(kind, by, user).items():
            done = succeeds(lambda a=attempt, r=record: a(r))
            if told[verb].allowed != done or bool(told[verb].reasons) == done:
                wrong.append((kind, verb, done, told[verb].words))
    assert wrong == []


def test_every_kind_and_verb_is_tried():
    """A verb that is declared and not tried here would not be proven."""
    looks = {"view", "export"}
    declared = {(kind.key, verb) for kind in kinds_explained() for verb in set(kind.verbs) - looks}
    nobody: Any = None

    assert declared == {
        (kind.key, verb) for kind in kinds_explained() for verb in attempts(kind.key, nobody, nobody)
    }


@pytest.fixture
def hidden(cast, make):
    """A customer of Otto's with all that it has, and what Rosa can ask about it: kind → key."""
    customer = make.customer(cast.otto, name="Qothery Trading")
    contact, note, call = make.contact(customer), make.note(customer), make.activity(customer)
    promise = make_promise(customer.pk, text="A price list", due_on=call.at.date(), by=make.by)
    assert Activity.objects.filter(pk=call.pk).exists()
    at = {"created_at": now(), "updated_at": now()}
    segment = Segment.objects.create(kind="customer", name="Qothery", owner=cast.otto, **at)
    task = Task.objects.create(title="Qothery", owner=cast.otto, made_by=cast.otto, zone="UTC", **at)
    lead = make.lead(cast.otto, name="Qothery Payer")
    procedure = compliance.begin_procedure(lead=lead, customer=None, by=make.by)
    return {
        "procedure": procedure.pk,
        "task": task.pk,
        "automation_rule": Rule.objects.get(key="failed_deposit").pk,
        "segment": segment.pk,
        "lead": make.lead(cast.otto, name="Qothery Trading").pk,
        "customer": customer.pk,
        "contact": contact.pk,
        "note": note.pk,
        "activity": call.pk,
        "promise": promise.pk,
    }


def asked(client: Any, address: str) -> tuple[int, bytes, list[str], dict[str, str]]:
    """What came back, but for the id in the page's own address, with the shapes of its queries."""
    forget_organisation()
    organisation()  # kept for a few seconds, so that it is read beforehand each time, not now and then
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    own = re.search(r"id=(\d+)", address)
    headers = {name: value for name, value in response.headers.items() if name in ("HX-Trigger", "Location")}
    shapes = [re.sub(r"\d+", "#", str(query["sql"])) for query in queries]
    content = response.content.replace(own[0].encode(), b"id=#") if own else response.content
    return response.status_code, _untied(content), shapes, headers


def _untied(content: bytes) -> bytes:
    """Without the token that is made anew for each page."""
    return re.sub(rb'(name="csrf(?:-token|middlewaretoken)" (?:content|value)=")[\w-]+', rb"\1", content)


@pytest.mark.parametrize("htmx", [False, True])
def test_what_may_not_be_known_is_answered_as_what_never_was(cast, as_, hidden, htmx):
    """ALL-3: the same bytes, links, names, length and queries, for each kind and verb."""
    rosa = as_(cast.rosa, htmx=htmx)
    for kind in kinds_explained():
        for verb in ("", *kind.verbs):
            address = f"/why?kind={kind.key}&verb={verb}&id="
            there = asked(rosa, f"{address}{hidden[kind.key]}")
            never = asked(rosa, f"{address}{MISSING}")
            assert there == never
            assert b"Otto" not in there[1]
            assert b"Qothery" not in there[1]


def test_a_missing_page_names_the_kind_alone(cast, as_, hidden):
    """ALL-3: the page that is not there is the same to the byte, and its link to “Why?” too."""
    rosa = as_(cast.rosa)
    for path in (
        "customers/{}/",
        "customers/{}/edit",
        "contacts/{}/edit",
        "notes/{}/edit",
        "promises/{}/edit",
    ):
        kind = path.split("/")[0].removesuffix("s")
        there, never = (asked(rosa, f"/{path.format(key)}") for key in (hidden[kind], MISSING))
        assert there == never
        assert there[0] == 404
        assert f'href="/why?kind={kind}&amp;id=0"'.encode() in there[1]


def test_a_refusal_leads_to_its_explanation(cast, make, as_):
    """PPL-5: on pages and in parts; the link names kind, record and verb."""
    customer = make.customer(cast.otto)
    page = as_(cast.sam).get(f"/customers/{customer.pk}/edit")
    part = as_(cast.sam, htmx=True).get(f"/customers/{customer.pk}/edit")
    address = f"/why?kind=customer&amp;id={customer.pk}&amp;verb=edit"

    assert f'href="{address}"' in page.content.decode()
    assert f'data-why="{address}"' in part.content.decode()
    told = as_(cast.sam).get(address.replace("&amp;", "&")).content.decode()
    assert "Your role (Support Rep) does not let you edit customers." in told
    assert all(name in told for name in ("Otto Brandt", "Ada Santoso"))


@pytest.mark.parametrize(
    ("who", "address", "means"),
    [
        ("rosa", "people/{user}", "/why?kind=user&amp;verb=manage"),
        ("rosa", "settings", "/why?kind=settings&amp;verb=manage"),
        ("rosa", "audit/", "/why?kind=audit&amp;verb=view"),
        ("rosa", "privacy/retention", "/why?kind=privacy&amp;verb=manage"),
        ("sam", "imports/start", "/why?kind=customer&amp;verb=import"),
        ("sam", "customers/add", "/why?kind=customer&amp;verb=create"),
        ("sam", "handovers/start", "/why?kind=customer&amp;verb=assign"),
    ],
)
def test_each_refusal_knows_what_was_wanted(cast, as_, who, address, means):
    response = as_(getattr(cast, who)).get(f"/{address.format(user=cast.prue.pk)}")

    assert response.status_code == 403
    assert means in response.content.decode()


def test_who_has_no_role_is_told_so(cast):
    cast.prue.roles.set([])

    answer = why(User.objects.get(pk=cast.prue.pk), "customer")
    assert answer.scope.startswith("You hold no role")
    assert [helper.user for helper in answer.helpers] == [cast.ada]


def test_two_roles_are_both_named(cast):
    cast.sam.roles.add(Role.objects.get(key="finance"))

    words = why(User.objects.get(pk=cast.sam.pk), "customer", verb="assign").verdicts[0].words
    assert words == "Your roles (Support Rep and Finance) do not let you assign customers."
