"""/handovers and their sheets: what somebody owns goes over to others (PPL-1, SIG-10)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import id_in, object_of, only, text_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.resources.bulk import SELECTION, selection_in
from leadline.api.resources.customer_verbs import owner_in
from leadline.api.resources.promises import day_in
from leadline.api.resources.seeing import one_of, seen
from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.handovers import actions, policies
from leadline.handovers.models import Handover, Sheet
from leadline.handovers.planning import Draft
from leadline.handovers.queries import Preview, Section, outcome_of, preview_handover, sheet_page, sheets_of
from leadline.people.models import Team, User

router = Router(tags=["handovers"])
sheets = Router(tags=["handovers"])
WHO = {"type": ["integer", "string", "null"], "description": "An id or an e-mail."}
DAY = {"type": ["string", "null"], "format": "date"}
BODY: dict[str, dict[str, Any]] = {
    "reason": {"enum": list(Handover.Reason.values)},
    "person": {**WHO, "description": "Whose records go over; only a change of owner can do without."},
    "selection": SELECTION,
    "way": {"enum": list(Handover.Way.values), "default": "one"},
    "to": {**WHO, "description": "The one new owner, for `one`."},
    "team": {"type": ["integer", "null"], "description": "Among whom it is spread, for the other ways."},
    "overflow": {**WHO, "description": "Who gets what no rule places, for the other ways."},
    "starts_on": DAY,
    "ends_on": {**DAY, "description": "The last day of an absence."},
}
EXAMPLE = {"reason": "change", "person": "rosa@example.com", "way": "one", "to": "otto@example.com"}
REMARKS: dict[str, dict[str, Any]] = {
    "remarks": {"type": "string", "maxLength": 5000},
    "on_lines": {
        "type": "object",
        "additionalProperties": {"type": "string", "maxLength": 500},
        "description": "Remarks on single records, by the ids of their lines.",
    },
}
AFTER = {"name": "after", "description": "The line to go on after.", "schema": {"type": "integer"}}
RELATED = ("from_user", "to", "team", "overflow", "started_by", "job", "change_set")


@router.get("", summary="List hand-overs", **says(gives=described_list(ref("Handover")), query=PAGING))
def list_handovers(request: Request) -> HttpResponse:
    """Those that you started, that concern you, or of people whose records you assign; newest first."""
    rows = Handover.objects.visible_to(request.user).select_related(*RELATED)
    return plain_list_of(request, rows, handover_shown)


@router.post(
    "/preview",
    summary="Preview a hand-over",
    **says(gives=ref("HandoverPreview"), takes=fields(BODY, "reason"), example=EXAMPLE),
)
def preview_a_handover(request: Request) -> HttpResponse:
    """Who would get how many and why, and what can't move and why; nothing is written."""
    return answer(_preview_shown(preview_handover(_draft(request), by=request.actor)))


@router.post(
    "",
    summary="Hand over",
    **says(gives=ref("Handover"), status=201, takes=fields(BODY, "reason"), example=EXAMPLE),
)
def start_a_handover(request: Request) -> HttpResponse:
    """A job does it (`job`); it can be undone as a change set. A leaver loses all access at once."""
    handover = actions.start_handover(_draft(request), by=request.actor)
    found = Handover.objects.select_related(*RELATED).get(pk=handover.pk)
    return answer(handover_shown(found), status=201, location=f"/api/v1/handovers/{found.pk}")


@router.get("/{int:handover_id}", summary="Read a hand-over", **says(gives=ref("Handover")))
def get_handover(request: Request, handover_id: int) -> HttpResponse:
    """With its sheets."""
    parameters_of(request, ())
    found = _seen(request, handover_id)
    told = [_sheet_shown(sheet) for sheet in sheets_of(found)]
    return answer({**handover_shown(found), "sheets": told})


@router.post(
    "/{int:handover_id}/call-off",
    summary="Call a planned hand-over off",
    **says(gives=ref("Handover"), takes=fields({}), example={}, optional=True),
)
def call_off_a_handover(request: Request, handover_id: int) -> HttpResponse:
    """Before its first day."""
    found = _seen(request, handover_id)
    only(object_of(request, optional=True), ())
    actions.call_off_handover(found, by=request.actor)
    return answer(handover_shown(_seen(request, handover_id)))


@sheets.get(
    "", summary="List hand-over sheets", **says(gives=described_list(ref("HandoverSheet")), query=PAGING)
)
def list_sheets(request: Request) -> HttpResponse:
    """Yours to accept, and those of hand-overs that you may see; newest first."""
    rows = Sheet.objects.visible_to(request.user).select_related("owner")
    return plain_list_of(request, rows, _sheet_shown)


@sheets.get(
    "/{int:sheet_id}", summary="Read a hand-over sheet", **says(gives=ref("HandoverSheet"), query=[AFTER])
)
def get_sheet(request: Request, sheet_id: int) -> HttpResponse:
    """For each record that you see: promises, next dates, pinned notes, mood, last contacts."""
    given = parameters_of(request, ("after",)).get("after", "0")
    after = numeric_id(given)
    if after is None:
        raise RuleBroken(
            _("“%(name)s” is the id of a record.") % {"name": "after"}, field="after", value=given
        )
    sheet = seen(Sheet.objects.select_related("owner", "handover"), request, sheet_id)
    page = sheet_page(sheet, request.user, after=after)
    sections = [_section_shown(section) for section in page.sections]
    return answer({**_sheet_shown(sheet), "sections": sections, "next": page.next})


@sheets.post(
    "/{int:sheet_id}/remarks",
    summary="Note remarks on a hand-over sheet",
    **says(
        gives=ref("HandoverSheet"), takes=fields(REMARKS), example={"on_lines": {"17": "Called, all clear"}}
    ),
)
def note_remarks(request: Request, sheet_id: int) -> HttpResponse:
    """By the new owner, before it is accepted; what is given replaces what was noted."""
    sheet = seen(Sheet.objects.select_related("owner"), request, sheet_id)
    given = only(object_of(request), REMARKS)
    words = text_in(given, "remarks") if "remarks" in given else None
    noted = actions.note_remarks(sheet, remarks=words, on_lines=_on_lines(given), by=request.actor)
    return answer(_sheet_shown(noted))


@sheets.post(
    "/{int:sheet_id}/accept",
    summary="Accept a hand-over sheet",
    **says(
        gives=ref("HandoverSheet"), takes=fields(REMARKS), example={"remarks": "All clear"}, optional=True
    ),
)
def accept_a_sheet(request: Request, sheet_id: int) -> HttpResponse:
    """By the new owner, once."""
    sheet = seen(Sheet.objects.select_related("owner"), request, sheet_id)
    given = only(object_of(request, optional=True), REMARKS)
    accepted = actions.accept_sheet(
        sheet,
        remarks=text_in(given, "remarks") if "remarks" in given else None,
        on_lines=_on_lines(given),
        by=request.actor,
    )
    return answer(_sheet_shown(accepted))


def _seen(request: Request, key: int) -> Handover:
    return seen(Handover.objects.select_related(*RELATED), request, key)


def _draft(request: Request) -> Draft:
    given = only(object_of(request), BODY)
    selections = {"customer": selection_in(given, "customer")} if given.get("selection") else {}
    return Draft(
        reason=text_in(given, "reason"),
        way=text_in(given, "way", "one"),
        person=_person(request, given),
        selections=selections,
        to=_user_in(given, "to"),
        team=_team_in(given),
        overflow=_user_in(given, "overflow"),
        starts_on=day_in(given, "starts_on"),
        ends_on=day_in(given, "ends_on"),
    )


def _person(request: Request, given: dict[str, Any]) -> User | None:
    """Whose records go over; somebody out of reach answers 404, as somebody who is not there."""
    person = _user_in(given, "person")
    return one_of(policies.people_within_reach(request.user), person.pk) if person else None


def _user_in(given: dict[str, Any], name: str) -> User | None:
    if given.get(name) is None:
        return None
    try:
        return owner_in({"owner": given[name]})
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field=name, value=given[name]) from refusal


def _team_in(given: dict[str, Any]) -> Team | None:
    if given.get("team") is None:
        return None
    found = Team.objects.filter(pk=id_in(given, "team")).first()
    if found is None:
        raise RuleBroken(_("There is no such team."), field="team", value=given["team"])
    return found


def _on_lines(given: dict[str, Any]) -> dict[int, str]:
    said = given.get("on_lines") or {}
    right = isinstance(said, dict) and all(
        numeric_id(key) is not None and isinstance(words, str) for key, words in said.items()
    )
    if not right:
        message = _("Remarks are texts by the ids of lines.")
        raise RuleBroken(message, field="on_lines", value=said)
    return {int(key): words for key, words in said.items()}


def handover_shown(handover: Handover) -> dict[str, Any]:
    """A hand-over as JSON."""
    return {
        "id": handover.pk,
        "title": handover.title,
        "reason": handover.reason,
        "way": handover.way,
        "state": "undone" if handover.is_undone else handover.state,
        "person": _named(handover.from_user),
        "to": _named(handover.to),
        "team": {"id": handover.team.pk, "name": handover.team.name} if handover.team else None,
        "overflow": _named(handover.overflow),
        "starts_on": handover.starts_on.isoformat(),
        "ends_on": handover.ends_on.isoformat() if handover.ends_on else None,
        "total": handover.total,
        "outcome": outcome_of(handover),
        "job": handover.job_id,
        "change_set": handover.change_set_id,
        "started_by": _named(handover.started_by),
        "created_at": handover.created_at,
    }


def _named(user: User | None) -> dict[str, Any] | None:
    return {"id": user.pk, "email": user.email, "name": user.name} if user else None


def _preview_shown(preview: Preview) -> dict[str, Any]:
    shares = [
        {
            "owner": _named(share.person),
            "has": share.has,
            "gets": share.gets,
            "why": [{"reason": reason, "count": count} for reason, count in share.whys],
        }
        for share in preview.shares
    ]
    refused = [{"reason": reason, "count": count} for reason, count in preview.refused.items()]
    told = {"shares": shares, "refused": refused, "stay": list(preview.stay)}
    return {"total": preview.total, "looked_at": preview.looked_at, **told}


def _sheet_shown(sheet: Sheet) -> dict[str, Any]:
    return {
        "id": sheet.pk,
        "handover": sheet.handover_id,
        "owner": _named(sheet.owner),
        "accepted_at": sheet.accepted_at,
        "remarks": sheet.remarks,
        "created_at": sheet.created_at,
    }


def _section_shown(section: Section) -> dict[str, Any]:
    return {
        "line": section.line.pk,
        "kind": section.line.kind,
        "record": {"id": section.line.record_id, "name": section.shown.name},
        "why": section.line.why,
        "has_another_owner": section.gone,
        "remark": section.line.remark,
        "groups": [
            {
                "key": group.key,
                "entries": [
                    {
                        "text": entry.text,
                        "who": entry.who,
                        "at": entry.at,
                        "due_on": entry.due_on.isoformat() if entry.due_on else None,
                    }
                    for entry in entries
                ],
            }
            for group, entries in section.groups
        ],
    }
