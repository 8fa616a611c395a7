"""A letter becomes a lead, stands on the timeline of who is known, or is left aside (LEA-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.drafts import clean_draft
from leadline.core.events import Subject, publish
from leadline.core.fields import catalogue
from leadline.core.organisation import organisation
from leadline.core.refusals import Refusal, RuleBroken
from leadline.customers.actions import note_interactions
from leadline.customers.actions.cleaning import cleaning_for
from leadline.intake import policies
from leadline.intake.events import LetterCameIn
from leadline.intake.files import ROOM
from leadline.intake.house import is_of_the_house, name_of_the_house
from leadline.intake.models import IntakeAddress, Letter, LetterFile
from leadline.intake.queries import Known, known_sender
from leadline.intake.reading import File, Read, Unreadable, phone_in, read_letter, sign_of
from leadline.leads.actions import put_on_top, take_inquiry
from leadline.leads.actions.matching import identities_of, known_leads
from leadline.leads.actions.refreshing import fill_leads
from leadline.leads.models import Lead
from leadline.timeline.actions import ActivityDraft, record_activity
from leadline.timeline.files import keep_file
from leadline.timeline.models import Activity
from leadline.timeline.text import as_plain

LARGEST_FILE = 25 * 1024 * 1024  # bytes, as with notes
MOST_FROM_ONE, WITHIN = 20, timedelta(hours=1)
OLDEST = timedelta(days=366)
# One writer at a time asks whether a letter is here: two doors may bring the same one at once.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('intake.letter'), hashtext(%s))"


@dataclass(frozen=True)
class Taken:
    """A letter, and whether it had been here before."""

    letter: Letter
    is_again: bool = False


@action
def take_letter(
    address: IntakeAddress,
    raw: bytes,
    *,
    door: str,
    uid: int = 0,
    uid_validity: int = 0,
    is_whole: bool = True,
    size: int = 0,
    by: Actor,
) -> Taken | None:
    """Take in one letter, once, however often and by whichever door it comes.

    Of a mailbox, `uid` is marked as read in the same transaction; None where another has marked it already.
    A letter that is not `is_whole` is its head alone. Raises `RuleBroken` for what is no letter.
    """
    address = lock(address)
    if uid and (address.uid_validity != uid_validity or uid <= address.last_uid):
        return None
    read = _read(raw, is_whole, size)
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [read.digest])
    letter = Letter.objects.filter(digest=read.digest).first()
    taken = Taken(letter, is_again=True) if letter else Taken(_new(address, read, door, by))
    if uid:
        IntakeAddress.objects.filter(pk=address.pk).update(last_uid=uid)
    return taken


@action
def take_after_all(letter: Letter, *, by: Actor) -> Letter:
    """Take in a letter that was left aside, as if nothing had spoken against it; its files were not kept.

    Raises `RuleBroken` for one that was taken in, or whose words were forgotten.
    """
    require(policies.may_deliver_mail(by.user), str(policies.NOT_YOURS))
    letter = lock(letter, "address")
    if not letter.can_be_taken:
        raise RuleBroken(_("This letter was taken in already, or what it said has been forgotten."))
    return _take_in(letter, (), by)


def _read(raw: bytes, is_whole: bool, size: int) -> Read:
    try:
        return read_letter(raw, is_whole=is_whole, size=size)
    except Unreadable as failure:
        message = _("This is no e-mail (RFC 5322), or one that can't be read.")
        raise RuleBroken(message, field="message") from failure


def _new(address: IntakeAddress, read: Read, door: str, by: Actor) -> Letter:
    moment = now()
    letter = Letter(
        address=address,
        at=moment,
        sent_at=read.sent_at,
        door=door,
        digest=read.digest,
        sender=read.sender,
        sender_name=read.sender_name,
        subject=read.subject,
        body=read.text,
        size=read.size,
        state=Letter.State.LEFT,
    )
    sign = sign_of(read, is_ours=is_of_the_house(read.sender), house=name_of_the_house())
    if not sign and _many_from(read.sender, moment):
        sign = "many"
    if sign:
        letter.reason = sign
        letter.save()
        return letter
    letter.save()
    return _take_in(letter, read.files, by)


def _many_from(sender: str, moment: datetime) -> bool:
    return Letter.objects.filter(sender=sender, at__gt=moment - WITHIN).count() >= MOST_FROM_ONE


def _take_in(letter: Letter, files: Sequence[File], by: Actor) -> Letter:
    """Whatever speaks against a lead is told in the log: a letter of it is lost in no case."""
    try:
        with transaction.atomic():
            known = known_sender(letter.sender)
            is_new = known is None
            if known is None:
                known = _lead_of(letter, by)
            elif known.lead_id and not known.customer_id:
                _fill_phone(known.lead_id, letter, by)
            left_out = _keep_files(letter, files)
            _tell_on_timeline(letter, known, left_out, by)
    except Refusal as refusal:
        letter.state, letter.reason = Letter.State.FAILED, refusal.message[:300]
        letter.save()
        return letter
    letter.lead_id, letter.customer_id = known.lead_id, known.customer_id
    letter.state, letter.reason = (Letter.State.LEAD if is_new else Letter.State.KNOWN), ""
    letter.body = ""
    letter.save()
    publish(LetterCameIn(letter_id=letter.pk, is_new=is_new), by=by, about=_subjects(letter))
    return letter


def _lead_of(letter: Letter, by: Actor) -> Known:
    """A new lead; what its address sets stands behind what the letter tells."""
    address = letter.address
    told = {"name": letter.sender_name or letter.sender.partition("@")[0], "email": letter.sender}
    told |= {"language": address.language} if address.language else {}
    if phone := _phone_of(letter, by):
        told["phone"] = phone
    draft = clean_draft(catalogue("lead"), told, cleaning_for(by))
    given = {"source": address.source, "campaign": address.campaign, "desk": address.desk}
    lead_id, _is_new = take_inquiry(draft, given=given, by=by)
    return Known(lead_id=lead_id)


def _fill_phone(lead_id: int, letter: Letter, by: Actor) -> None:
    """Give a lead that has no phone number the one that it writes."""
    if Lead.objects.filter(pk=lead_id, phone="").exists() and (phone := _phone_of(letter, by)):
        draft = clean_draft(catalogue("lead"), {"email": letter.sender, "phone": phone}, cleaning_for(by))
        fill_leads({lead_id: draft}, by=by)


def _phone_of(letter: Letter, by: Actor) -> str:
    """The one number in it, unless it is that of a lead already: the e-mail alone tells who writes."""
    phone = phone_in(letter.body, sender=letter.sender, country=organisation().country)
    if not phone:
        return ""
    draft = clean_draft(catalogue("lead"), {"phone": phone}, cleaning_for(by))
    return "" if known_leads([draft]).of(identities_of(draft)) is not None else phone


def _keep_files(letter: Letter, files: Sequence[File]) -> list[str]:
    """Keep the files that came along; the names of those that are too large or empty are told."""
    left_out = []
    for file in files:
        if not 0 < len(file.content) <= LARGEST_FILE:
            left_out.append(file.name)
            continue
        name, path, size = keep_file(ContentFile(file.content, name=file.name), ROOM)  # type: ignore[arg-type]
        LetterFile.objects.create(letter=letter, name=name, path=path, size=size)
    return left_out


def _tell_on_timeline(letter: Letter, known: Known, left_out: Sequence[str], by: Actor) -> None:
    at = _when(letter)
    with translation.override(organisation().language):
        title = _("E-mail received: %(subject)s") % {"subject": letter.subject or _("(no subject)")}
        note = ActivityDraft(
            known.customer_id,
            Activity.Kind.EMAIL,
            title[:200],
            at=at,
            contact_id=known.contact_id,
            description=_told(letter, left_out),
            lead_id=known.lead_id,
        )
        record_activity(note, by=by)
        if known.lead_id and not known.customer_id:
            put_on_top({known.lead_id: _("wrote an e-mail")}, by=by)
    if known.customer_id:
        note_interactions({known.customer_id: at}, by=by)


def _when(letter: Letter) -> datetime:
    """When it was written, where that can be; else when it came."""
    sent = letter.sent_at
    return sent if sent is not None and letter.at - OLDEST < sent <= letter.at else letter.at


def _told(letter: Letter, left_out: Sequence[str]) -> str:
    """What it says, as plain words: nothing that a stranger writes is read as Markdown."""
    lines = [as_plain(letter.body) or _("(nothing written)")]
    if letter.size > LARGEST_FILE:
        lines.append(_("The letter is larger than 25 MB; what it says lies in the mailbox."))
    files = [file.name for file in letter.files.all()]
    if files:
        page = f"/mail-in/letters/{letter.pk}"
        lines.append(f"[{_('Files')}]({page}): {', '.join(as_plain(name) for name in files)}")
    if left_out:
        names = ", ".join(as_plain(name) for name in left_out)
        lines.append(_("Left out, empty or larger than 25 MB: %(names)s") % {"names": names})
    return "\n\n".join(lines)


def _subjects(letter: Letter) -> list[Subject]:
    found = [Subject("intake_address", letter.address_id)]
    found += [Subject("lead", letter.lead_id)] if letter.lead_id else []
    return found + ([Subject("customer", letter.customer_id)] if letter.customer_id else [])
