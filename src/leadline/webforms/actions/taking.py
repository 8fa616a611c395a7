"""What a visitor sends becomes a lead, or waits where it looks like spam (LEA-2)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock
from leadline.core.clock import now
from leadline.core.drafts import Draft, clean_draft
from leadline.core.events import Subject, publish
from leadline.core.fields import catalogue
from leadline.core.organisation import organisation
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.customers.actions.cleaning import cleaning_for
from leadline.governance.models import Contactable
from leadline.leads.actions import record_consent, take_inquiry
from leadline.leads.models import Lead
from leadline.timeline.actions import ActivityDraft, record_activity
from leadline.timeline.models import Activity
from leadline.timeline.text import as_plain
from leadline.webforms.actions.counting import add_up
from leadline.webforms.asking import LONGEST_ANSWER, askable, asked, said
from leadline.webforms.events import WebFormHeld, WebFormSent
from leadline.webforms.models import Submission, WebForm
from leadline.webforms.spam import WITHIN, signs_of

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Sent:
    """What came through a door: answers by field, the boxes ticked, the trap and the stamp."""

    answers: Answers
    ticked: Sequence[int] = ()
    trap: str = ""
    stamp: str = ""
    language: str = ""
    network: str = ""


@action
def take_submission(form: WebForm, sent: Sent, *, by: Actor) -> Submission:
    """Take what a visitor sent: it becomes a lead, or is held back where it looks like spam.

    The same again within ten minutes is the same submission. Raises `RulesBroken` naming each field that is
    missing or not understood, `RuleBroken` for a form that is switched off. The answer never tells whether
    the person was known.
    """
    if not form.is_open:
        raise RuleBroken(_("This form is closed."))
    answers = {name: sent.answers[name] for name in asked(form) if _given(sent.answers.get(name))}
    _require(form, answers, sent.ticked)
    draft_of(form, answers, sent.language, by)
    moment, digest = now(), _digest(form, answers)
    same = Submission.objects.filter(digest=digest, at__gt=moment - WITHIN).first()
    if same is not None:
        return same
    signs = signs_of(form.key, answers, trap=sent.trap, stamp=sent.stamp, network=sent.network, at=moment)
    submission = Submission.objects.create(
        form=form,
        at=moment,
        language=sent.language[:8],
        network=sent.network,
        answers=answers,
        consents=_consents(form, sent),
        digest=digest,
        state=Submission.State.HELD if signs else Submission.State.TAKEN,
        signs=signs,
    )
    add_up(form, sent=1, held=1 if signs else 0)
    if signs:
        held = WebFormHeld(form_id=form.pk, submission_id=submission.pk, signs=tuple(signs))
        publish(held, by=by, about=[form])
        return submission
    return make_lead_of(submission, by=by)


@action
def make_lead_of(submission: Submission, *, by: Actor) -> Submission:
    """Make the lead of a submission, or refresh the one that is here; its timeline shows what was sent."""
    submission = lock(submission, "form")
    form = submission.form
    draft = draft_of(form, submission.answers, submission.language, by)
    lead_id, is_new = take_inquiry(draft, given=_given_by(form), by=by)
    submission.lead_id, submission.state = lead_id, Submission.State.TAKEN
    submission.save()
    with translation.override(organisation().language):
        note = ActivityDraft(
            None,
            Activity.Kind.OTHER,
            _("Sent the form “%(form)s”") % {"form": form.name},
            description=_told(submission),
            lead_id=lead_id,
        )
        record_activity(note, by=by)
    _record_consents(submission, lead_id, by)
    sent = WebFormSent(form_id=form.pk, submission_id=submission.pk, is_new=is_new)
    publish(sent, by=by, about=[form, Subject("lead", lead_id)])
    return submission


def _record_consents(submission: Submission, lead_id: int, by: Actor) -> None:
    """What was ticked counts as stated that day; the words stand with the submission.

    Whoever withdrew a consent gets it back by nobody's form: only somebody of the house may record that.
    """
    lead = Lead.objects.get(pk=lead_id)
    for box in submission.consents:
        if box["given"] and getattr(lead, f"consent_{box['channel']}") == "":
            record_consent(
                lead,
                channel=box["channel"],
                state=Contactable.Given.GIVEN,
                stated_on=submission.at.date(),
                source=_("Web form “%(form)s”") % {"form": submission.form.name},
                text_version=f"web_form_submission:{submission.pk}",
                by=by,
            )
            setattr(lead, f"consent_{box['channel']}", Contactable.Given.GIVEN)


def draft_of(form: WebForm, answers: Answers, language: str, by: Actor) -> Draft:
    """The answers as a draft of a lead. Raises `RulesBroken` with all that is not understood."""
    given = {name: value for name, value in answers.items() if name in asked(form)}
    if not given.get("name"):
        given["name"] = str(given.get("email") or "").partition("@")[0] or given.get("phone") or ""
    if "language" not in given and language:
        given["language"] = language
    return clean_draft(catalogue("lead"), given, cleaning_for(by))


def _given_by(form: WebForm) -> dict[str, Any]:
    """What a new lead gets from the form itself."""
    owner = form.owner if form.owner is not None and form.owner.is_active else None
    told = {"source": form.source, "campaign": form.campaign, "desk": form.desk, "tags": list(form.tags)}
    return {**told, **({"owner": owner.pk} if owner else {})}


def _given(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [], False)


def _require(form: WebForm, answers: Answers, ticked: Sequence[int]) -> None:
    labels = {each.name: str(each.label) for each in askable()}
    names = set(asked(form))
    broken = [
        RuleBroken(_("%(field)s is missing.") % {"field": labels[ask["field"]]}, field=ask["field"])
        for ask in form.asks
        if ask["field"] in names and ask["required"] and ask["field"] not in answers
    ]
    broken += [
        RuleBroken(_("Tick this box to send the form."), field=f"consent_{place}")
        for place, box in enumerate(form.consents)
        if box["required"] and place not in ticked
    ]
    if not answers.get("email") and not answers.get("phone") and not broken:
        field = "email" if "email" in names else "phone"
        broken = [RuleBroken(_("Give an e-mail or a phone number."), field=field)]
    broken += [
        RuleBroken(_("This is too long."), field=name)
        for name, value in answers.items()
        if len(str(value)) > LONGEST_ANSWER
    ]
    if broken:
        raise RulesBroken(broken)


def _consents(form: WebForm, sent: Sent) -> list[dict[str, Any]]:
    """The boxes as they were shown, and whether each was ticked."""
    return [
        {
            "channel": box["channel"],
            "words": said(box["words"], sent.language),
            "given": place in sent.ticked,
        }
        for place, box in enumerate(form.consents)
    ]


def _digest(form: WebForm, answers: Answers) -> str:
    text = json.dumps([form.pk, answers], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _told(submission: Submission) -> str:
    """What was sent, as the timeline shows it: no text of a visitor is read as Markdown."""
    labels = {each.name: str(each.label) for each in askable()}
    lines = [f"{labels.get(name, name)}: {value}" for name, value in submission.answers.items()]
    lines += [
        _("Consented (%(channel)s): %(words)s") % {"channel": box["channel"], "words": box["words"]}
        for box in submission.consents
        if box["given"]
    ]
    return as_plain("\n".join(lines))[:50_000]
