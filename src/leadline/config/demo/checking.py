"""Compliance in the demo company: who paid in first is checked, in all states that there are (LEA-10)."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from leadline.compliance.actions import (
    add_document,
    approve_procedure,
    begin_procedure,
    decide_check,
    decline_procedure,
    submit_procedure,
)
from leadline.compliance.models import Procedure
from leadline.core.actions import Actor
from leadline.core.clock import at, now
from leadline.leads.models import Lead
from leadline.people.models import User
from leadline.platform.models import Payment

MOST = 60
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
PAPERS = {"identity": "passport.pdf", "address": "electricity bill.pdf", "funds": "payslip.pdf"}
HOW_FAR = ("approved", "review", "papers", "begun", "declined", "approved", "review", "begun")


def check_depositors(*, by: Actor) -> int:
    """Begin a procedure for some who paid in, and bring it as far as it would be by now; returns how many."""
    officer = User.objects.get(roles__key="compliance-officer", email__endswith="@demo.example")
    made = 0
    for payment in _first_deposits():
        lead = None if payment.user.customer else _lead_of(payment)
        if payment.user.customer is None and lead is None:
            continue
        with at(payment.at):
            begun = begin_procedure(lead=lead, customer=payment.user.customer, first=payment, by=by)
        if begun is not None:
            _go_on(begun, HOW_FAR[made % len(HOW_FAR)], Actor(officer, via=by.via))
            made += 1
        if made == MOST:
            break
    return made


def _first_deposits() -> Iterator[Payment]:
    """The first of each who paid in, the oldest first."""
    seen: set[int] = set()
    deposits = Payment.objects.filter(kind=Payment.Kind.DEPOSIT, state=Payment.State.DONE)
    for payment in deposits.select_related("user__customer__owner").order_by("at", "pk"):
        if payment.user_id not in seen:
            seen.add(payment.user_id)
            yield payment


def _lead_of(payment: Payment) -> Lead | None:
    rows = Lead.objects.current().select_related("owner")
    return rows.filter(email=payment.user.email).first() if payment.user.email else None


def _go_on(procedure: Procedure, how_far: str, officer: Actor) -> None:
    owner = procedure.subject.owner
    if how_far == "begun" or owner is None:
        return
    seller = Actor(owner, via=officer.via)
    with at(min(procedure.created_at + timedelta(days=1), now())):
        _bring_papers(procedure, seller, only=1 if how_far == "papers" else None)
        if how_far != "papers":
            submit_procedure(procedure, by=seller)
    if how_far in ("approved", "declined"):
        with at(min(procedure.created_at + timedelta(days=3), now())):
            _decide(procedure, how_far, officer)


def _bring_papers(procedure: Procedure, seller: Actor, *, only: int | None) -> None:
    for check in procedure.checks.select_related("item").order_by("item__position")[:only]:
        if check.item.needs_document:
            name = PAPERS.get(check.item.key, "document.pdf")
            add_document(check, file=SimpleUploadedFile(name, PAPER), by=seller)


def _decide(procedure: Procedure, verdict: str, officer: Actor) -> None:
    if verdict == "declined":
        decline_procedure(procedure, reason="The documents name another person.", by=officer)
        return
    expires = (now() + timedelta(days=365)).date()
    for check in procedure.checks.select_related("item"):
        decide_check(check, verdict="approved", expires_on=expires, by=officer)
    approve_procedure(procedure, by=officer)
