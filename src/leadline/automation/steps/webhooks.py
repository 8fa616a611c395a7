"""Telling another system: a signed message to an address, sent after the transaction (INT-3)."""

import base64
import json
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.automation.steps.case import Case, Outcome
from leadline.automation.steps.registry import Params, Setting, Step, register_step
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.jobs.queue import later_many
from leadline.core.outgoing import target_of
from leadline.core.refusals import RuleBroken
from leadline.core.secrets import derive
from leadline.core.secrets.signatures import signature, signed_text


def secret_of(rule_id: int) -> str:
    """The secret with which a rule's messages are signed: derived, so that no dump holds it."""
    return "whsec_" + base64.b64encode(derive(f"automation.rule:{rule_id}")).decode()


def signed(rule_id: int, message_id: str, body: bytes) -> dict[str, str]:
    """The headers that say which message it is, when it was sent, and that it is ours."""
    moment = str(int(now().timestamp()))
    text = signed_text(message_id, moment, body)
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{signature(secret_of(rule_id), text)}",
    }


def _call(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    address = params["address"]
    later_many(
        "automation.call",
        [
            {"rule_id": case.rule_id, "address": address, "message_id": case.run_key, "body": _body(case)}
            for case in cases
        ],
    )
    return [Outcome(_("Calls %(address)s") % {"address": address})] * len(cases)


def _body(case: Case) -> str:
    """What is told: keys and the values that the conditions asked, never who it is."""
    told = {
        "rule": case.rule_id,
        "message": case.run_key,
        "record": {"kind": case.subject.kind, "id": case.subject.id},
        "payment": case.payment_id,
        "values": dict(case.facts),
    }
    return json.dumps(told, ensure_ascii=False, default=str)


def _check(params: Params) -> None:
    try:
        target_of(params["address"])
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field="steps", value=params["address"][:80]) from None


register_step(
    Step(
        "webhook",
        gettext_lazy("Call a webhook"),
        "webhook",
        ("lead", "customer"),
        (
            Setting(
                "address", gettext_lazy("Address"), longest=500, help=gettext_lazy("https://example.com/hook")
            ),
        ),
        _call,
        lambda shown: _("call %(address)s") % shown,
        check=_check,
    )
)
