"""Making, changing, switching, archiving and restoring forms."""

import secrets
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.people.models import User
from leadline.webforms import defining, policies
from leadline.webforms.events import (
    WebFormAdded,
    WebFormArchived,
    WebFormChanged,
    WebFormRestored,
    WebFormSwitched,
)
from leadline.webforms.models import WebForm

FIRST_ASKS = [
    {"field": "name", "required": True},
    {"field": "email", "required": True},
    {"field": "phone", "required": False},
    {"field": "description", "required": False},
]
_CHECKED = {
    "name": defining.named,
    "texts": defining.texts_of,
    "asks": defining.asks_of,
    "consents": defining.consents_of,
    "redirect": defining.redirect_of,
    "sites": defining.sites_of,
}


@action
def add_form(*, name: str, texts: Any, by: Actor, **more: Any) -> WebForm:
    """Make a form, switched off; without `asks` it asks for name, e-mail, phone and a message.

    Raises `RuleBroken` naming the field.
    """
    require(policies.may_manage_forms(by.user), str(policies.NOT_YOURS))
    moment = now()
    form = WebForm(created_at=moment, updated_at=moment, source="Web form")
    _give(form, {"name": name, "texts": texts, "asks": FIRST_ASKS, **more})
    form.key = f"{slugify(form.name)[:50] or 'form'}-{secrets.token_hex(3)}"
    form.save()
    publish(WebFormAdded(form_id=form.pk), by=by, about=[form])
    return form


@action
def change_form(form: WebForm, *, version: int | None = None, by: Actor, **given: Any) -> WebForm:
    """Change what is given: name, texts, asks, consents, redirect, sites, and what leads from it get.

    Raises `EditConflict` when `version` is not the present one any more, `RuleBroken` naming the field.
    """
    form = lock(form)
    require(policies.may(by.user, "edit", form), str(policies.NOT_YOURS))
    if version is not None and version != form.version:
        raise EditConflict(changes_since("web_form", form.pk, version), form.version)
    _give(form, given)
    _save(form)
    publish(WebFormChanged(form_id=form.pk), by=by, about=[form])
    return form


@action
def switch_form(form: WebForm, *, on: bool, by: Actor) -> WebForm:
    """Open a form to visitors, or close it; switched the same way again nothing happens."""
    form = lock(form)
    require(policies.may(by.user, "edit", form), str(policies.NOT_YOURS))
    if form.is_on != on:
        form.is_on = on
        _save(form)
        publish(WebFormSwitched(form_id=form.pk, is_on=on), by=by, about=[form])
    return form


@action
def archive_form(form: WebForm, *, by: Actor) -> WebForm:
    """Take a form out of use; its page is closed."""
    form = lock(form)
    require(policies.may(by.user, "archive", form), _("You may not archive this."))
    form.archived_at = now()
    _save(form)
    publish(WebFormArchived(form_id=form.pk), by=by, about=[form])
    return form


@action
def restore_form(form: WebForm, *, by: Actor) -> WebForm:
    """Bring a form back into use, as it was."""
    form = lock(form)
    require(policies.may(by.user, "restore", form), _("You may not restore this."))
    form.archived_at = None
    _save(form)
    publish(WebFormRestored(form_id=form.pk), by=by, about=[form])
    return form


def _give(form: WebForm, given: dict[str, Any]) -> None:
    for name, checked in _CHECKED.items():
        if name in given:
            setattr(form, name, checked(given[name]))
    for name in ("source", "campaign"):
        if name in given:
            setattr(form, name, _short(given[name], name))
    if "desk" in given:
        form.desk = _desk(given["desk"])
    if "owner" in given:
        form.owner = _owner(given["owner"])
    if "tags" in given:
        form.tags = _tags(given["tags"])


def _short(given: Any, field: str) -> str:
    text = " ".join(str(given or "").split())
    if len(text) > 100 or not text.isprintable():
        message = _("At most %(most)s characters, all of them text, are accepted.")
        raise RuleBroken(message % {"most": 100}, field=field, value=text[:80])
    return text


def _desk(given: Any) -> str:
    if given not in WebForm.Desk.values:
        accepted = ", ".join(WebForm.Desk.values)
        raise RuleBroken(_("Accepted: %(accepted)s.") % {"accepted": accepted}, field="desk", value=given)
    return str(given)


def _owner(given: Any) -> User | None:
    if given is None or isinstance(given, User):
        return given
    found = User.objects.active().filter(pk=given, is_system=False).first()
    if found is None:
        raise RuleBroken(_("Choose somebody who works here."), field="owner", value=given)
    return found


def _tags(given: Any) -> list[str]:
    names = [" ".join(str(each).split()) for each in given or ()]
    names = list(dict.fromkeys(name for name in names if name))
    if len(names) > 20 or any(len(name) > 50 or not name.isprintable() for name in names):
        raise RuleBroken(_("At most 20 tags of 50 characters are accepted."), field="tags")
    return names


def _save(form: WebForm) -> None:
    form.version, form.updated_at = form.version + 1, now()
    form.save()
