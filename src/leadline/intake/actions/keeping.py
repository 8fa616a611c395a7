"""Addresses of the house whose mail is taken in: made, changed, switched, archived, restored (LEA-2)."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.fields import catalogue
from leadline.core.history import changes_since
from leadline.core.normalise.email import clean_email
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.intake import policies
from leadline.intake.events import (
    IntakeAddressAdded,
    IntakeAddressArchived,
    IntakeAddressChanged,
    IntakeAddressRestored,
)
from leadline.intake.models import IntakeAddress

LONGEST = {"host": 253, "user_name": 254, "password": 500, "folder": 200, "source": 100, "campaign": 100}
OF_THE_MAILBOX = ("host", "port", "user_name", "folder")


@action
def add_address(*, email: str, by: Actor, **given: Any) -> IntakeAddress:
    """Take in the mail of an address from now on; older letters of its mailbox stay where they are.

    Raises `RuleBroken` naming the field.
    """
    require(policies.may_manage_mail(by.user), str(policies.NOT_YOURS))
    moment = now()
    address = IntakeAddress(created_at=moment, updated_at=moment, reads_from=moment)
    _give(address, {"source": _("E-mail"), **given, "email": email})
    address.save()
    publish(IntakeAddressAdded(address_id=address.pk), by=by, about=[address])
    return address


@action
def change_address(
    address: IntakeAddress, *, version: int | None = None, by: Actor, **given: Any
) -> IntakeAddress:
    """Change what is given; an empty password stays as it is. Another mailbox is read from now on.

    Raises `EditConflict` when `version` is not the present one any more, `RuleBroken` naming the field.
    """
    address = lock(address)
    require(policies.may(by.user, "edit", address), str(policies.NOT_YOURS))
    if version is not None and version != address.version:
        raise EditConflict(changes_since("intake_address", address.pk, version), address.version)
    before = [getattr(address, name) for name in OF_THE_MAILBOX]
    _give(address, given)
    if before != [getattr(address, name) for name in OF_THE_MAILBOX]:
        address.uid_validity, address.last_uid, address.reads_from = None, 0, now()
        address.trouble, address.trouble_at = "", None
    return _saved(address, IntakeAddressChanged(address_id=address.pk), by)


@action
def switch_address(address: IntakeAddress, *, on: bool, by: Actor) -> IntakeAddress:
    """Look into its mailbox by itself, or not; what came meanwhile is taken when it is switched on again."""
    address = lock(address)
    require(policies.may(by.user, "edit", address), str(policies.NOT_YOURS))
    if address.is_on == on:
        return address
    address.is_on = on
    return _saved(address, IntakeAddressChanged(address_id=address.pk), by)


@action
def archive_address(address: IntakeAddress, *, by: Actor) -> IntakeAddress:
    """Take in its mail no more."""
    address = lock(address)
    require(policies.may(by.user, "archive", address), _("You may not archive this."))
    address.archived_at = now()
    return _saved(address, IntakeAddressArchived(address_id=address.pk), by)


@action
def restore_address(address: IntakeAddress, *, by: Actor) -> IntakeAddress:
    """Take in its mail again. Raises `RuleBroken` where another took its place."""
    address = lock(address)
    require(policies.may(by.user, "restore", address), _("You may not restore this."))
    address.archived_at = None
    return _saved(address, IntakeAddressRestored(address_id=address.pk), by)


def _give(address: IntakeAddress, given: dict[str, Any]) -> None:
    if "email" in given:
        address.email = clean_email(str(given["email"] or ""))
    for name, most in LONGEST.items():
        if name in given and not (name == "password" and not given[name]):
            setattr(address, name, _text(given[name], name, most))
    if "port" in given:
        address.port = _port(given["port"])
    if "security" in given:
        address.security = _choice(given["security"], "security", IntakeAddress.Security.values)
    if "desk" in given:
        address.desk = _choice(given["desk"], "desk", IntakeAddress.Desk.values)
    if "language" in given:
        address.language = catalogue("lead").field("language").clean(given["language"] or None) or ""
    if "is_on" in given:
        address.is_on = bool(given["is_on"])
    address.folder = address.folder or "INBOX"
    if address.host and not address.user_name:
        raise RuleBroken(_("Give the user name of the mailbox."), field="user_name")


def _text(given: Any, field: str, most: int) -> str:
    """Text on one line: what goes to a mail server word by word holds no line break."""
    text = str(given or "")
    text = text if field == "password" else " ".join(text.split())
    if len(text) > most or not text.isprintable() or (field == "host" and " " in text):
        message = _("At most %(most)s characters, all of them text, are accepted.")
        shown = "" if field == "password" else text[:80]
        raise RuleBroken(message % {"most": most}, field=field, value=shown)
    return text


def _port(given: Any) -> int:
    if not (type(given) is int and 0 < given < 65_536):
        raise RuleBroken(_("A port is a number from 1 to 65535."), field="port", value=str(given)[:20])
    return given


def _choice(given: Any, field: str, known: list[str]) -> str:
    if given not in known:
        accepted = ", ".join(known)
        raise RuleBroken(
            _("Accepted: %(accepted)s.") % {"accepted": accepted}, field=field, value=str(given)[:40]
        )
    return str(given)


def _saved(address: IntakeAddress, event: Any, by: Actor) -> IntakeAddress:
    address.version, address.updated_at = address.version + 1, now()
    address.save()
    publish(event, by=by, about=[address])
    return address
