"""What a contact allows: stated on a day, somewhere, by a text (CUS-11, PPL-8)."""

from collections.abc import Mapping
from datetime import date

from leadline.core.actions import Actor, action
from leadline.customers.actions.contacts import change_in_place
from leadline.customers.models import Contact
from leadline.governance.actions import copy_consents, follow_consents, note_consent


@action
def record_consent(
    contact: Contact,
    *,
    channel: str,
    state: str,
    stated_on: date,
    source: str,
    text_version: str = "",
    by: Actor,
) -> Contact:
    """Note that a contact gave or withdrew the consent for a channel; the newest statement holds."""

    def note(locked: Contact) -> dict[str, str]:
        note_consent(
            "contact",
            locked.pk,
            channel=channel,
            state=state,
            stated_on=stated_on,
            source=source,
            text_version=text_version,
            by=by,
        )
        return {f"consent_{channel}": state}

    return change_in_place(contact, note, "consent", by)


@action
def take_consents(
    contact: Contact, stated: Mapping[str, str], *, of_kind: str, of_id: int, by: Actor
) -> Contact:
    """A contact turns out to have stated something before, as another record: column → what it says now."""
    channels = [name.removeprefix("consent_") for name in stated]
    copy_consents((of_kind, of_id), ("contact", contact.pk), channels, by=by)
    taken = change_in_place(contact, lambda _locked: dict(stated), "consent", by)
    follow_consents("contact", Contact._meta.db_table, [contact.pk], by=by)
    return taken
