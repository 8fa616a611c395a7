"""Plants what parameters of addresses name: of who asks, of the team, the territory, others."""

import re
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from leadline.api.actions.delivering import send_test
from leadline.api.actions.webhooks import add_webhook
from leadline.assignment.actions import add_rule
from leadline.automation.models import Rule
from leadline.compliance.actions import add_document, begin_procedure
from leadline.compliance.models import Item
from leadline.core.actions import Actor
from leadline.core.changesets.models import ChangeSet
from leadline.core.clock import now
from leadline.core.custom.actions import make_field
from leadline.core.history.models import HistoryEntry
from leadline.core.jobs.models import Job
from leadline.core.lists.actions import save_view
from leadline.core.mail.models import OutgoingMail
from leadline.core.privacy import person_of
from leadline.customers.actions import make_promise
from leadline.customers.models import Contact, Customer, Pulse
from leadline.duplicates.models import Pair
from leadline.governance.actions import request_erasure, set_retention_rule
from leadline.handovers.models import Handover, Sheet
from leadline.imports.actions import bring
from leadline.imports.files import keep
from leadline.imports.models import Import, SavedMapping
from leadline.intake.actions import add_address, take_letter
from leadline.intake.models import LetterFile
from leadline.leads.actions.side import follow
from leadline.leads.models import Lead, Reason, Stage
from leadline.marketing.models import MailTemplate, Sending
from leadline.people.actions import create_token
from leadline.people.models import Role, Territory, User
from leadline.people.signing.actions import begin_code_app, invite, send_recovery
from leadline.people.signing.entering import session_cookie
from leadline.people.signing.models import Passkey, Provider, Session
from leadline.people.working.actions import add_skill, enter_absence
from leadline.plans.models import Capability
from leadline.platform.actions import ingest_events, make_ingest_key
from leadline.platform.models import ArchivedMonth, archive_folder
from leadline.platform.usage import bring_up_to_date
from leadline.scoring.actions import add_rule as add_score_rule
from leadline.scoring.models import LearntModel
from leadline.segments.models import Segment, Standing
from leadline.tasks.models import Task
from leadline.timeline.actions import attach_file
from leadline.timeline.files import keep_file
from leadline.timeline.models import Notification
from leadline.webforms.actions import add_form, switch_form, take_submission
from leadline.webforms.actions.taking import Sent
from leadline.workspaces.models import OwnDashboard
from tests.cast import Make


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
        Pulse.objects.filter(customer=customer).update(territory_id=territory.pk)
    lead = make.lead(owner, name=f"{sign} Lead", email=f"l.{sign}@example.com".lower(), tags=[sign.lower()])
    if territory:
        Lead.objects.filter(pk=lead.pk).update(territory=territory)
        follow([lead.pk])
    procedure = begin_procedure(lead=lead, customer=None, by=make.by)
    assert procedure is not None
    check = procedure.checks.get(item__key="identity")
    paper = add_document(check, file=SimpleUploadedFile(f"{sign}.pdf", b"%PDF-1.4"), by=make.by)
    contact = make.contact(customer, name=f"{sign} Person", email=f"p.{sign}@example.com".lower())
    second = make.contact(customer, name=f"{sign} Second", email=f"s.{sign}@example.com".lower())
    ids = {"low_id": contact.pk, "high_id": second.pk, "group_id": contact.pk}
    pair = Pair.objects.create(
        kind="contact", score=80, reasons=[["name", 80]], signs="name", scan_id=0, **ids
    )
    note = make.note(customer, f"{sign} prefers mornings.")
    call = make.activity(customer, title=f"{sign} called", contact_id=contact.pk)
    file = attach_file(note, SimpleUploadedFile(f"{sign}.txt", sign.encode()), by=make.by)
    told_by_the_platform(sign, make.by)
    promise = make_promise(customer, text=f"{sign} gets a price list", due_on=date(2099, 1, 1), by=make.by)
    named = {
        "customer": customer,
        "lead": lead,
        "procedure": procedure,
        "check": check,
        "document": paper,
        "contact": contact,
        "duplicate": pair,
        "note": note,
        "activity": call,
        "attachment": file,
        "promise": promise,
    }
    records.add("person", whose, ("contact", contact.pk))
    records.add("subject", whose, ("customer", customer.pk))
    records.add("assigned", whose, ("lead", lead.pk))
    for kind, record in named.items():
        records.add(kind, whose, record.pk)


def told_by_the_platform(sign: str, by: Actor) -> None:
    """What a customer does on the platform, where it is there now and failed to pay."""
    person = {"id": f"{sign}-17", "email": f"{sign}@example.com", "name": f"{sign} Payer"}
    about = {"time": now().isoformat(), "user": person, "page": f"/{sign}"}
    paid = {"amount": "5", "currency": "EUR", "method": f"{sign} card", "reason": f"{sign} reason"}
    seen = {"id": f"{sign}-1", "kind": "logged_in", **about, "device": f"{sign} phone"}
    used = {"id": f"{sign}-3", "kind": "feature_used", **about, "capability": "data_export"}
    ingest_events([seen, {"id": f"{sign}-2", "kind": "deposit_failed", **about, **paid}, used], by=by)
    bring_up_to_date(by=by)


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
    begin_code_app(user, by=by)
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
        "mapping": SavedMapping.objects.create(
            kind="customers", signature=str(user.pk), name="Old", updated_by=user, updated_at=now()
        ),
        "token": user.tokens.order_by("-pk").first(),
        "session": Session.objects.filter(user=user).order_by("-pk").first(),
        "passkey": Passkey.objects.create(
            user=user, name="Phone", credential_id=str(user.pk).encode(), public_key=b"key", **at
        ),
        "segment": _segment(user),
        "own_dashboard": OwnDashboard.objects.create(name=f"Board {user.pk}", user=user, updated_at=now()),
        "task": Task.objects.create(
            title="Call", owner=user, made_by=user, zone="UTC", created_at=now(), updated_at=now()
        ),
        "sending": _sending(user),
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


def _segment(user: User) -> Segment:
    """A private one, whatever the role may make."""
    at = {"created_at": now(), "updated_at": now()}
    rule = {"field": "city", "op": "equals", "value": "Solo"}
    segment = Segment.objects.create(kind="customer", name=f"Segment {user.pk}", rule=rule, owner=user, **at)
    Standing.objects.create(segment=segment)
    return segment


def _sending(user: User) -> Sending:
    mail = OutgoingMail.objects.create(to="a@example.com", subject="A", created_at=now())
    return Sending.objects.create(
        kind="customer", record_id=1, to="a@example.com", cause=str(mail.pk), mail=mail, user=user,
        created_at=now(),
    )  # fmt: skip


def plant_web_form(records: Records, people: SimpleNamespace) -> None:
    """A form that is open, and what somebody sent through it without its page."""
    by = Actor(people.ada)
    form = add_form(name="Contact", texts={"en": {"title": "Write"}}, by=by)
    form = switch_form(form, on=True, by=by)
    held = take_submission(form, Sent({"name": "Tess", "email": "tess@example.com"}), by=Actor(people.house))
    records.add("web_form", "any", form.pk)
    records.add("web_form_key", "any", form.key)
    records.add("submission", "any", held.pk)


def plant_mail_in(records: Records, people: SimpleNamespace) -> None:
    """An address, a letter of a machine that was left aside, and a file that came with it."""
    address = add_address(email="sales@house.example", by=Actor(people.ada))
    raw = b"From: Tess <tess@example.com>\nAuto-Submitted: auto-replied\nSubject: Away\n\nBack on Monday."
    taken = take_letter(address, raw, door="api", by=Actor(people.house))
    assert taken is not None
    name, path, size = keep_file(SimpleUploadedFile("a.txt", b"a"), "intake")
    file = LetterFile.objects.create(letter=taken.letter, name=name, path=path, size=size)
    records.add("intake_address", "any", address.pk)
    records.add("letter", "any", taken.letter.pk)
    records.add("letter_file", "any", file.pk)


def _archived() -> ArchivedMonth:
    """A month in a file; what stands in the file nobody looks at here."""
    archive_folder().mkdir(parents=True, exist_ok=True)
    facts = {"rows": 1, "size": 4, "checksum": "1", "sha256": "0" * 64, "archived_at": now()}
    archive = ArchivedMonth.objects.create(month=date(2024, 3, 1), file="2024-03-any.parquet", **facts)
    archive.path.write_bytes(b"PAR1")
    return archive


def plant_what_all_share(records: Records, people: SimpleNamespace) -> None:
    """What belongs to nobody."""
    away = {"begins_on": date(2027, 2, 1), "ends_on": date(2027, 2, 5), "kind": "holiday"}
    absence = enter_absence(people.prue, **away, by=Actor(people.ada))
    records.add("user", "any", (people.prue.pk, absence.pk))
    records.add("team", "any", people.south.pk)
    records.add("role", "any", "product")
    records.add("skill", "any", add_skill(name="Dutch", kind="language", by=Actor(people.ada)).pk)
    hook = add_webhook(name="Hook", address="https://example.com/hook", by=Actor(people.ada))
    records.add("webhook", "any", (hook.pk, send_test(hook, by=Actor(people.ada)).pk))
    key = make_ingest_key(name="Shop", by=Actor(people.ada))
    records.add("ingest_key", "any", key.pk)
    records.add("archived_month", "any", _archived().pk)
    records.add("entry", "any", HistoryEntry.objects.latest("id").pk)
    records.add("verb", "any", "tag")
    stage = Stage.objects.get(key="new")
    records.add("lead_list", "any", ("stages", stage.pk))
    records.add("lead_stage", "any", stage.pk)
    records.add("item", "any", Item.objects.get(key="risk").pk)
    records.add("capability", "any", Capability.objects.get(key="data_export").pk)
    records.add("lead_reason", "any", Reason.objects.get(key="other").pk)
    records.add("owned", "any", "customer")
    rule = add_rule("lead", name="By hand", people=[people.rosa.pk], by=Actor(people.ada))
    records.add("assignment_rule", "any", rule.pk)
    records.add("mail_template", "any", MailTemplate.objects.get(key="welcome").pk)
    plant_web_form(records, people)
    plant_mail_in(records, people)
    fair = {"field": "source", "op": "equals", "value": "Fair"}
    rule = add_score_rule(name="Fair", where=fair, points=20, by=Actor(people.ada))
    records.add("score_rule", "any", rule.pk)
    thin = LearntModel.objects.create(learnt_at=now(), state="too_thin", asked_by=people.ada)
    records.add("learnt_model", "any", thin.pk)
    records.add("resource_type", "any", "User")
    records.add("schema", "any", "urn:ietf:params:scim:schemas:core:2.0:User")
    records.add("anything", "any", "Groups/1")
    plant_what_lets_in(records, people)
    contact = person_of("contact", Contact.objects.latest("id").pk)
    erasure = request_erasure(contact, reason="Asked", by=Actor(people.ada))
    records.add("erasure", "any", erasure.pk)
    kept = {"name": "Old", "kind": "customer", "days": 730, "deed": "archive"}
    records.add("retention_rule", "any", set_retention_rule(None, **kept, by=Actor(people.ada)).pk)
    records.add("kind", "any", "customers")
    records.add("automation_rule", "any", Rule.objects.get(key="failed_deposit").pk)
    records.add("likeness", "any", "customer")
    records.add("metric", "any", "calls")
    records.add("dashboard", "any", "lead")


def plant_what_lets_in(records: Records, people: SimpleNamespace) -> None:
    """An invitation with its link, the link of a forgotten password, a provider that nobody answers for."""
    invitation, link = invite(email="nina@example.com", roles=["product"], by=Actor(people.ada))
    records.add("invitation", "any", invitation.pk)
    records.add("invitation_secret", "any", link.rsplit("/", 1)[1])
    send_recovery(people.prue.email, by=Actor(people.house))
    letter = OutgoingMail.objects.latest("id").text
    records.add("recovery", "any", re.search(r"/recover/(\S+)", letter)[1])
    records.add("new_email", "any", "a-link-that-ran-out")
    provider = Provider.objects.create(
        key="nowhere", label="Nowhere", issuer="http://127.0.0.1:1/", client_id="leadline"
    )
    records.add("provider", "any", provider.pk)
    records.add("provider_key", "any", provider.key)
    field = make_field(
        "customer", label="Colour", kind="choice", choices=["Red", "Green"], by=Actor(people.house)
    )
    records.add("field", "any", field.pk)


def holder_of(role: str, people: SimpleNamespace) -> User:
    """Somebody of a role who manages North and works in Java, so that the scopes can be told apart."""
    user = User.objects.create(email="holder@example.com", name="Holder", team=people.north, password="!")
    user.roles.set([Role.objects.get(key=role)])
    people.north.manager = user
    people.north.save()
    java, _made = Territory.objects.get_or_create(name="Java")
    java.members.add(user)
    return User.objects.get(pk=user.pk)
