"""How far a mailbox was read, and what went wrong there."""

from leadline.core.actions import Actor, action, lock
from leadline.core.clock import now
from leadline.intake.models import IntakeAddress, Letter


@action
def place_at(address: IntakeAddress, *, uid_validity: int, by: Actor) -> IntakeAddress:
    """Begin with a folder anew where its numbers are others than those that were counted by.

    What was taken before is known again by itself.
    """
    address = lock(address)
    if address.uid_validity != uid_validity:
        address.uid_validity, address.last_uid = uid_validity, 0
        address.save(update_fields=["uid_validity", "last_uid"])
    return address


@action
def pass_over(address: IntakeAddress, *, uid: int, by: Actor) -> None:
    """A letter that is gone, or had come before its mailbox was read, is left where it is."""
    IntakeAddress.objects.filter(pk=address.pk, last_uid__lt=uid).update(last_uid=uid)


@action
def note_poll(address: IntakeAddress, *, trouble: str = "", by: Actor) -> None:
    """The mailbox was looked into, or that failed, and why."""
    moment = now()
    since = {"trouble_at": address.trouble_at or moment} if trouble else {"trouble_at": None}
    IntakeAddress.objects.filter(pk=address.pk).update(polled_at=moment, trouble=trouble[:300], **since)


@action
def note_unreadable(
    address: IntakeAddress, *, uid: int, digest: str, size: int, words: str, by: Actor
) -> None:
    """A letter that can't be taken in stands in the log and holds up no other; it stays in the mailbox."""
    address = lock(address)
    if not Letter.objects.filter(digest=digest).exists():
        Letter.objects.create(
            address=address,
            at=now(),
            door=Letter.Door.MAILBOX,
            digest=digest,
            size=size,
            state=Letter.State.FAILED,
            reason=words[:300],
        )
    pass_over(address, uid=uid, by=by)
