"""/intake-addresses and /mail: addresses whose mail is taken in, and the letters that came (LEA-2)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer, answer_record, locked
from leadline.api.bodies import object_of, only, text_in, yes_in
from leadline.api.describing.mail_in import SETTABLE
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.problems import Problem
from leadline.api.resources.seeing import seen
from leadline.core.actions import Actor, require
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.intake import actions, policies
from leadline.intake.delivering import LARGEST, deliver
from leadline.intake.mailbox import Trouble
from leadline.intake.models import IntakeAddress, Letter
from leadline.intake.polling import look
from leadline.intake.reading import SIGNS
from leadline.people.models import User

addresses, letters = Router(tags=["mail in"]), Router(tags=["mail in"])
ADDRESS, LETTER = ref("IntakeAddress"), ref("Letter")
MEDIA_TYPES = ("message/rfc822", "application/octet-stream", "text/plain")
WITHOUT_ANSWERS = says(gives=ADDRESS, takes=fields({}), example={}, optional=True, versioned=True)
EXAMPLE = {"email": "sales@example.com", "host": "imap.example.com", "user_name": "sales", "password": "…"}


@addresses.get("", summary="List addresses of mail in", **says(gives=described_list(ADDRESS), query=PAGING))
def list_intake_addresses(request: Request) -> HttpResponse:
    """All, archived ones too, the newest first, with how the last look into the mailbox went."""
    return plain_list_of(request, IntakeAddress.objects.visible_to(request.user), _address)


@addresses.post(
    "",
    summary="Take in the mail of an address",
    **says(gives=ADDRESS, status=201, takes=fields(SETTABLE, "email"), example=EXAMPLE, versioned=True),
)
def add_intake_address(request: Request) -> HttpResponse:
    """Without a host letters come by this API or by a mail server's pipe alone."""
    given = _read(only(object_of(request), SETTABLE))
    made = actions.add_address(**{"email": "", **given}, by=request.actor)
    return _answered(request, made, status=201)


@addresses.get(
    "/{int:address_id}", summary="Read an address of mail in", **says(gives=ADDRESS, versioned=True)
)
def get_intake_address(request: Request, address_id: int) -> HttpResponse:
    """One address, archived or not; its password is never shown."""
    parameters_of(request, ())
    return _answered(request, seen(IntakeAddress.objects.all(), request, address_id))


@addresses.patch(
    "/{int:address_id}",
    summary="Change an address of mail in",
    **says(gives=ADDRESS, takes=fields(SETTABLE), example={"campaign": "Spring"}, versioned=True),
)
def change_intake_address(request: Request, address_id: int) -> HttpResponse:
    """What is not given stays. Another mailbox is read from now on. Send If-Match to overwrite nobody."""
    address = seen(IntakeAddress.objects.all(), request, address_id)
    given = _read(only(object_of(request), SETTABLE))
    address = locked(request, address)
    return _answered(request, actions.change_address(address, **given, by=request.actor))


@addresses.post("/{int:address_id}/archive", summary="Archive an address of mail in", **WITHOUT_ANSWERS)
def archive_intake_address(request: Request, address_id: int) -> HttpResponse:
    """Its mail is taken in no more."""
    address = seen(IntakeAddress.objects.all(), request, address_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.archive_address(address, by=request.actor))


@addresses.post("/{int:address_id}/restore", summary="Restore an address of mail in", **WITHOUT_ANSWERS)
def restore_intake_address(request: Request, address_id: int) -> HttpResponse:
    """Its mail is taken in again."""
    address = seen(IntakeAddress.objects.all(), request, address_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.restore_address(address, by=request.actor))


@addresses.post(
    "/{int:address_id}/try",
    summary="Look into the mailbox of an address",
    **says(gives=ref("MailboxTried"), takes=fields({}), example={}, optional=True),
)
def try_intake_address(request: Request, address_id: int) -> HttpResponse:
    """Whether it opens, and how many letters lie there; else why not, in words."""
    address = seen(IntakeAddress.objects.all(), request, address_id)
    only(object_of(request, optional=True), ())
    require(policies.may(request.user, "edit", address), str(policies.NOT_YOURS))
    if not address.host:
        raise RuleBroken(_("This address has no mailbox; its letters are handed in."), field="host")
    try:
        return answer({"works": True, "letters": look(address), "trouble": ""})
    except Trouble as trouble:
        return answer({"works": False, "letters": None, "trouble": str(trouble)})


@letters.post(
    "",
    summary="Hand in a letter",
    **says(
        gives=ref("LetterTaken"),
        status=201,
        takes={"type": "string", "format": "binary"},
        media_type="message/rfc822",
        query=[
            {
                "name": "to",
                "description": "The intake address that it came to; else one is found in its head.",
                "schema": {"type": "string"},
            }
        ],
    ),
)
def hand_in_letter(request: Request) -> HttpResponse:
    """The raw letter (RFC 5322), as a mail server has it, of at most 25 MB; the same again is one (200).

    It becomes a lead, stands on the timeline of who is known, or is left aside with the reason.
    """
    require(policies.may_deliver_mail(request.user), str(policies.NOT_YOURS))
    given = parameters_of(request, ("to",))
    if request.content_type not in MEDIA_TYPES:
        raise Problem(415, _("Send the letter as it is, with the header Content-Type: message/rfc822."))
    house = Actor(User.objects.house(), via="api", trace=f"user:{request.user.pk}")
    taken = deliver(_raw(request), to=given.get("to", ""), door=Letter.Door.API, by=house)
    location = f"/api/v1/mail/{taken.letter.pk}"
    told = {**_letter(taken.letter), "again": taken.is_again}
    return answer(told, status=200 if taken.is_again else 201, location=location)


@letters.get("", summary="List letters that came in", **says(gives=described_list(LETTER), query=PAGING))
def list_letters(request: Request) -> HttpResponse:
    """The newest first: all for who looks after mail, else those about leads and customers that you see."""
    rows = Letter.objects.visible_to(request.user).select_related("address")
    return plain_list_of(request, rows, _letter)


@letters.get("/{int:letter_id}", summary="Read about a letter", **says(gives=LETTER))
def get_letter(request: Request, letter_id: int) -> HttpResponse:
    """Who wrote and what became of it; what it says stands on the timeline."""
    parameters_of(request, ())
    return answer(_letter(seen(Letter.objects.select_related("address"), request, letter_id)))


@letters.post(
    "/{int:letter_id}/take",
    summary="Take in a letter that was left aside",
    **says(gives=LETTER, takes=fields({}), example={}, optional=True),
)
def take_letter_in(request: Request, letter_id: int) -> HttpResponse:
    """As if nothing had spoken against it."""
    letter = seen(Letter.objects.select_related("address"), request, letter_id)
    only(object_of(request, optional=True), ())
    return answer(_letter(actions.take_after_all(letter, by=request.actor)))


def _raw(request: HttpRequest) -> bytes:
    """The body, read as far as a letter may go: it is larger than what JSON may be."""
    try:
        raw = request.read(LARGEST + 1)
    except (UnreadablePostError, OSError) as failure:
        raise Problem(400, _("The body could not be read.")) from failure
    if len(raw) > LARGEST:
        raise Problem(413, _("This is more than the server takes at once."))
    return raw


def _read(given: dict[str, Any]) -> dict[str, Any]:
    """The parts by their kinds; numbers and choices are checked where they are written."""
    plain = ("port", "security", "desk")
    return {
        name: given[name] if name in plain else (yes_in if name == "is_on" else text_in)(given, name)
        for name in given
    }


def _answered(request: Request, address: IntakeAddress, *, status: int = 200) -> HttpResponse:
    location = f"/api/v1/intake-addresses/{address.pk}" if status == 201 else ""
    told = _address(address)
    return answer_record(request, told, version=address.version, status=status, location=location)


def _address(address: IntakeAddress) -> dict[str, Any]:
    told = {name: getattr(address, name) for name in SETTABLE if name != "password"}
    return {
        "id": address.pk,
        **told,
        "has_password": bool(address.password),
        "polled_at": address.polled_at,
        "trouble": address.trouble,
        "archived_at": address.archived_at,
        "created_at": address.created_at,
        "updated_at": address.updated_at,
    }


def _letter(letter: Letter) -> dict[str, Any]:
    return {
        "id": letter.pk,
        "address": {"id": letter.address_id, "email": letter.address.email},
        "door": letter.door,
        "from": letter.sender,
        "name": letter.sender_name,
        "subject": letter.subject,
        "sent_at": letter.sent_at,
        "taken_at": letter.at,
        "size": letter.size,
        "state": letter.state,
        "reason": str(SIGNS.get(letter.reason, letter.reason)),
        "lead": letter.lead_id,
        "customer": letter.customer_id,
    }
