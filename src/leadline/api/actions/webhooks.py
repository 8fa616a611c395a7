"""Setting webhooks up (INT-3)."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _

from leadline.api import policies
from leadline.api.events import WebhookChanged
from leadline.api.models import Webhook
from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import event_classes, publish
from leadline.core.outgoing import target_of
from leadline.core.refusals import RuleBroken
from leadline.core.secrets.signatures import new_secret
from leadline.people.policies import ASK_AN_ADMINISTRATOR

OLD_SECRET_HOLDS = timedelta(hours=24)
MOST, LONGEST_NAME = 50, 100


@action
def add_webhook(*, name: str, address: str, events: Iterable[str] = (), by: Actor) -> Webhook:
    """Tell an address of chosen events (of all without), as far as the one who adds it may see (INT-3).

    Its secret is made here. Raises `RuleBroken` for a bad address, an unknown event, or too many webhooks.
    """
    _require(by)
    if Webhook.objects.filter(removed_at=None).count() >= MOST:
        raise RuleBroken(_("There are %(most)s webhooks already; remove one first.") % {"most": MOST})
    webhook = Webhook(user=by.user, secret=new_secret(), **_cleaned(name, address, events))
    webhook.save()
    return _tell(webhook, "added", by)


@action
def change_webhook(
    webhook: Webhook, *, name: str, address: str, events: Iterable[str] = (), by: Actor
) -> Webhook:
    """Change what it is called, where it leads and what it is told of."""
    webhook = _locked(webhook, by)
    for field, value in _cleaned(name, address, events).items():
        setattr(webhook, field, value)
    return _saved(webhook, "changed", by)


@action
def renew_secret(webhook: Webhook, *, by: Actor) -> Webhook:
    """Give it a new secret; for a day what is sent is signed with the old one too."""
    webhook = _locked(webhook, by)
    webhook.old_secret, webhook.old_secret_until = webhook.secret, now() + OLD_SECRET_HOLDS
    webhook.secret = new_secret()
    return _saved(webhook, "secret", by)


@action
def pause_webhook(webhook: Webhook, *, because: str = "", by: Actor) -> Webhook:
    """Stop sending; what happens meanwhile is not kept for it, but stays in the event log."""
    webhook = _locked(webhook, by)
    webhook.paused_at = webhook.paused_at or now()
    webhook.paused_because = because or webhook.paused_because
    return _saved(webhook, "paused", by)


@action
def resume_webhook(webhook: Webhook, *, by: Actor) -> Webhook:
    """Send again, from now on and in the name of whoever resumed it."""
    webhook = _locked(webhook, by)
    webhook.paused_at, webhook.paused_because, webhook.user = None, "", by.user
    return _saved(webhook, "resumed", by)


@action
def remove_webhook(webhook: Webhook, *, by: Actor) -> Webhook:
    """Take a webhook away; its log stays for thirty days."""
    webhook = _locked(webhook, by)
    webhook.removed_at = now()
    return _saved(webhook, "removed", by)


def _require(by: Actor) -> None:
    require(policies.may_manage_webhooks(by.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _locked(webhook: Webhook, by: Actor) -> Webhook:
    _require(by)
    webhook = lock(webhook)
    if webhook.removed_at:
        raise RuleBroken(_("This webhook was removed."))
    return webhook


def _saved(webhook: Webhook, what: str, by: Actor) -> Webhook:
    webhook.version += 1
    webhook.save()
    return _tell(webhook, what, by)


def _tell(webhook: Webhook, what: str, by: Actor) -> Webhook:
    publish(WebhookChanged(webhook_id=webhook.pk, what=what), by=by, about=[webhook])
    return webhook


def _cleaned(name: str, address: str, events: Iterable[str]) -> dict[str, object]:
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        message = _("Give it a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
        raise RuleBroken(message, field="name", value=name)
    target_of(address)
    chosen = sorted(set(events))
    unknown = [event for event in chosen if event not in event_classes()]
    if unknown:
        message = _("There is no event “%(name)s”.") % {"name": unknown[0][:60]}
        raise RuleBroken(message, field="events", value=unknown[0])
    return {"name": name.strip(), "address": address.strip(), "events": chosen}
