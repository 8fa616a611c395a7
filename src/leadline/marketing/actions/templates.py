"""Making, changing, archiving and restoring templates."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.history import changes_since
from leadline.core.localities import languages
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.marketing import policies
from leadline.marketing.events import (
    MailTemplateAdded,
    MailTemplateArchived,
    MailTemplateChanged,
    MailTemplateRestored,
)
from leadline.marketing.models import MailTemplate, MailText
from leadline.marketing.provided import PROVIDED
from leadline.marketing.verbs import TEMPLATE_VERBS
from leadline.marketing.wording import check_places

LONGEST_NAME, LONGEST_PURPOSE, LONGEST_SUBJECT, LONGEST_BODY = 80, 300, 200, 20_000
Words = Mapping[str, str]  # subject and body; both empty: no text in this language


@action
def add_template(*, name: str, purpose: str = "", texts: Mapping[str, Words], by: Actor) -> MailTemplate:
    """Make a template with its texts by language; at least one. Raises `RuleBroken` naming the field."""
    require(policies.may_manage_templates(by.user), _("Your role does not make e-mail templates."))
    moment = now()
    template = MailTemplate(created_at=moment, updated_at=moment)
    template.name, template.purpose = _named(name), _line(purpose, "purpose", LONGEST_PURPOSE)
    template.save()
    _write(template, texts)
    publish(MailTemplateAdded(template_id=template.pk), by=by, about=[template])
    return template


@action
def change_template(
    template: MailTemplate,
    *,
    name: str | None = None,
    purpose: str | None = None,
    texts: Mapping[str, Words] | None = None,
    version: int | None = None,
    by: Actor,
) -> MailTemplate:
    """Change what is given; languages that are not given stay, an empty text takes one away.

    Raises `EditConflict` when `version` is not the present one any more, `RuleBroken` naming the field.
    """
    template = lock(template)
    require(policies.may_edit_template(by.user, template), _("Your role does not change this template."))
    if version is not None and version != template.version:
        raise EditConflict(changes_since("mail_template", template.pk, version), template.version)
    if name is not None:
        template.name = _named(name)
    if purpose is not None:
        template.purpose = _line(purpose, "purpose", LONGEST_PURPOSE)
    _write(template, texts or {})
    _save(template)
    publish(MailTemplateChanged(template_id=template.pk), by=by, about=[template])
    return template


@action
def archive_template(template: MailTemplate, *, by: Actor) -> MailTemplate:
    """Take a template out of use. One that the house sends by itself is then not sent."""
    template = lock(template)
    require(TEMPLATE_VERBS["archive"].allows(by.user, template), _("You may not archive this."))
    template.archived_at = now()
    _save(template)
    publish(MailTemplateArchived(template_id=template.pk), by=by, about=[template])
    return template


@action
def restore_template(template: MailTemplate, *, by: Actor) -> MailTemplate:
    """Bring a template back into use."""
    template = lock(template)
    require(TEMPLATE_VERBS["restore"].allows(by.user, template), _("You may not restore this."))
    template.archived_at = None
    _save(template)
    publish(MailTemplateRestored(template_id=template.pk), by=by, about=[template])
    return template


@action
def provide_templates(*, by: Actor) -> None:
    """Bring the templates that an installation comes with; those here, altered or not, stay (ALL-11)."""
    there = set(MailTemplate.objects.exclude(key="").values_list("key", flat=True))
    moment = now()
    for provided in PROVIDED:
        if provided.key not in there:
            template = MailTemplate.objects.create(
                key=provided.key,
                name=provided.name,
                purpose=provided.purpose,
                created_at=moment,
                updated_at=moment,
            )
            _write(template, provided.texts)


def _write(template: MailTemplate, texts: Mapping[str, Words]) -> None:
    there = {text.language: text for text in template.texts.all()}
    for language, words in texts.items():
        _require_language(language)
        subject = _line(words.get("subject", ""), f"subject_{language}", LONGEST_SUBJECT)
        check_places(subject, field=f"subject_{language}")
        body = _body(words.get("body", ""), f"body_{language}")
        if not subject and not body:
            if language in there:
                there.pop(language).delete()
            continue
        _require_both(subject, body, language)
        text = there.setdefault(language, MailText(template=template, language=language))
        text.subject, text.body = subject, body
        text.save()
    if not there:
        raise RuleBroken(_("A template says something in at least one language."), field="texts")


def _require_language(language: str) -> None:
    if language not in dict(languages()):
        message = _("“%(value)s” is not known. Accepted: a language such as en or id.")
        raise RuleBroken(message % {"value": str(language)[:20]}, field="texts", value=str(language)[:20])


def _require_both(subject: str, body: str, language: str) -> None:
    if not subject:
        raise RuleBroken(_("Give the e-mail a subject."), field=f"subject_{language}")
    if not body:
        raise RuleBroken(_("Write what the e-mail says."), field=f"body_{language}")


def _named(name: Any) -> str:
    text = _line(name, "name", LONGEST_NAME)
    if not text:
        raise RuleBroken(_("Give the template a name."), field="name", value=name)
    return text


def _line(given: Any, field: str, most: int) -> str:
    text = " ".join(str(given or "").split())
    if len(text) > most or not text.isprintable():
        message = _("At most %(most)s characters, all of them text, are accepted.")
        raise RuleBroken(message % {"most": most}, field=field, value=text[:80])
    return text


def _body(given: Any, field: str) -> str:
    text = str(given or "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST_BODY or "\x00" in text:
        message = _("At most %(most)s characters, all of them text, are accepted.")
        raise RuleBroken(message % {"most": LONGEST_BODY}, field=field, value=text[:80])
    check_places(text, field=field)
    return text


def _save(template: MailTemplate) -> None:
    template.version, template.updated_at = template.version + 1, now()
    template.save()
