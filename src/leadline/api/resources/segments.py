"""/segments: named sets of records, by a rule or picked by hand (CUS-16 to CUS-18)."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer, answer_record, locked
from leadline.api.bodies import object_of, only, text_in, yes_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import limit_in, listed, parameters_of, plain_page_of
from leadline.api.resources.seeing import seen
from leadline.core.conditions import Context
from leadline.core.lists import Count
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.segments import actions
from leadline.segments.actions import Done
from leadline.segments.kinds import segmentable
from leadline.segments.models import Segment
from leadline.segments.queries.counting import found_by
from leadline.segments.queries.lines import sizes_of
from leadline.segments.queries.members import WAYS, Asked, count_of, day_of, memberships, place_of
from leadline.segments.queries.naming import naming_for, readable_rule, rule_in_words
from leadline.segments.rules import rule_of

router = Router(tags=["segments"])
GIVES = ref("Segment")
SETTABLE: dict[str, dict[str, Any]] = {
    "name": {"type": "string", "maxLength": 80},
    "description": {"type": "string", "maxLength": 500},
    "rule": {"type": "object", "description": "A condition, as `where` of lists takes it."},
    "visibility": {"enum": ["private", "team", "everybody"]},
}
MADE: dict[str, dict[str, Any]] = {
    "kind": {"enum": ["customer", "contact"], "default": "customer"},
    "dynamic": {"type": "boolean", "default": True},
    **SETTABLE,
}
RULE = {"field": "industry", "op": "equals", "value": "Technology"}
EXAMPLE = {"kind": "customer", "name": "Technology", "rule": RULE, "visibility": "private"}
IDS = {"ids": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 5000}}
ASKED = [
    {
        "name": "way",
        "description": "now; on: in it on `day`; joined, left: since `day`.",
        "schema": {"enum": list(WAYS), "default": "now"},
    },
    {"name": "day", "description": "A day, 2030-12-31.", "schema": {"type": "string", "format": "date"}},
]
MOST_IDS = 5_000


@router.get("", summary="List segments", **says(gives=described_list(GIVES), query=PAGING))
def list_segments(request: Request) -> HttpResponse:
    """Yours and those shared with you, archived ones too, newest first."""
    rows = Segment.objects.visible_to(request.user).select_related("owner", "standing")
    found, following, count = plain_page_of(request, rows)
    sizes = sizes_of(found, request.user)
    shown = [_shown(segment, request.user, (sizes[segment.pk], True)) for segment in found]
    return answer(listed(shown, following, count))


@router.post(
    "",
    summary="Add a segment",
    **says(gives=GIVES, status=201, takes=fields(MADE, "name"), example=EXAMPLE, versioned=True),
)
def add_segment(request: Request) -> HttpResponse:
    """A dynamic one with its rule, whose members are found in a moment, or an empty static one."""
    given = only(object_of(request), MADE)
    segment = actions.add_segment(
        kind=text_in(given, "kind", "customer"),
        is_dynamic=yes_in(given, "dynamic", True),
        **{"name": "", **_read(given)},
        by=request.actor,
    )
    return _answered(request, segment, status=201)


@router.post(
    "/count",
    summary="Count what a rule finds",
    **says(
        gives=ref("SegmentCount"),
        takes=fields(
            {
                "kind": MADE["kind"],
                "rule": SETTABLE["rule"],
                "exactly": {"type": "boolean", "default": False},
            },
            "rule",
        ),
        example={"kind": "customer", "rule": RULE},
    ),
)
def count_rule(request: Request) -> HttpResponse:
    """At once; of very many an estimate, unless `exactly`. Nothing is kept."""
    given = only(object_of(request), ("kind", "rule", "exactly"))
    kind = segmentable(text_in(given, "kind", "customer"))
    user = request.user
    rule = rule_of(_rule_in(given), kind.kind, user=user)
    found = found_by(
        rule,
        kind,
        scope=kind.scope(user),
        context=Context.of_organisation(user.pk),
        exactly=yes_in(given, "exactly"),
    )
    told = {
        "count": found.count,
        "exact": found.is_exact,
        "between": None if found.is_exact or found.count is None else [found.low, found.high],
        "sample": list(found.sample),
        "sentence": rule.sentence(naming_for(kind, user)),
    }
    return answer(told)


@router.get("/{int:segment_id}", summary="Read a segment", **says(gives=GIVES, versioned=True))
def get_segment(request: Request, segment_id: int) -> HttpResponse:
    """One segment with its size, archived or not, with its ETag."""
    parameters_of(request, ())
    return _answered(request, _seen(request, segment_id))


@router.patch(
    "/{int:segment_id}",
    summary="Change a segment",
    **says(gives=GIVES, takes=fields(SETTABLE), example={"name": "Technology, large"}, versioned=True),
)
def change_segment(request: Request, segment_id: int) -> HttpResponse:
    """What is not given stays. Another rule finds its members anew. Send If-Match to overwrite nobody."""
    segment = _seen(request, segment_id)
    given = only(object_of(request), SETTABLE)
    segment = locked(request, segment, "owner")
    return _answered(request, actions.change_segment(segment, **_read(given), by=request.actor))


@router.post(
    "/{int:segment_id}/archive",
    summary="Archive a segment",
    **says(gives=GIVES, takes=fields({"anyway": {"type": "boolean"}}), example={}, optional=True),
)
def archive_segment(request: Request, segment_id: int) -> HttpResponse:
    """Refused while a rule of another segment asks for it; while it is used otherwise, unless `anyway`."""
    segment = _seen(request, segment_id)
    given = only(object_of(request, optional=True), ("anyway",))
    anyway = yes_in(given, "anyway")
    return _answered(request, actions.archive_segment(segment, anyway=anyway, by=request.actor))


@router.post(
    "/{int:segment_id}/restore",
    summary="Restore a segment",
    **says(gives=GIVES, takes=fields({}), example={}, optional=True),
)
def restore_segment(request: Request, segment_id: int) -> HttpResponse:
    """Into use again; its members are found anew."""
    segment = _seen(request, segment_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.restore_segment(segment, by=request.actor))


@router.post(
    "/{int:segment_id}/refresh",
    summary="Refresh a segment",
    **says(gives=GIVES, takes=fields({}), example={}, optional=True),
)
def refresh_segment(request: Request, segment_id: int) -> HttpResponse:
    """Looked at as a whole as soon as the worker can; `finding` says whether that is still to come."""
    segment = _seen(request, segment_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.ask_for_refresh(segment, by=request.actor))


@router.get(
    "/{int:segment_id}/members",
    summary="List the members of a segment",
    **says(gives=described_list(ref("SegmentMember")), query=[*ASKED, *PAGING[:2]]),
)
def list_members(request: Request, segment_id: int) -> HttpResponse:
    """Those that you see, newest first, each with since when. All fields: `/customers?where=` by segments."""
    segment = _seen(request, segment_id)
    given = parameters_of(request, ("way", "day", "limit", "cursor"))
    asked = _asked(given)
    after = _place(given["cursor"]) if given.get("cursor") else None
    portion = memberships(segment, request.user, asked, after=after, limit=limit_in(given))
    rows = [
        {
            "record": {"id": row.record_id, "name": row.name},
            "joined_at": row.joined_at,
            "left_at": row.left_at,
            "joined_by": row.joined_by,
            "left_by": row.left_by,
        }
        for row in portion.rows
    ]
    count = count_of(segment, request.user, asked, portion=None if after else portion)
    return answer(listed(rows, portion.next or None, Count(*count)))


@router.post(
    "/{int:segment_id}/members",
    summary="Put records into a static segment",
    **says(gives=ref("SegmentPicked"), takes=fields(IDS, "ids"), example={"ids": [1]}),
)
def add_members(request: Request, segment_id: int) -> HttpResponse:
    """They are members at once; those that you don't see, and archived ones, are refused by name."""
    segment = _seen(request, segment_id)
    return _picked(actions.add_members(segment, _ids(request), by=request.actor))


@router.delete(
    "/{int:segment_id}/members",
    summary="Take records out of a static segment",
    **says(gives=ref("SegmentPicked"), takes=fields(IDS, "ids"), example={"ids": [1]}),
)
def remove_members(request: Request, segment_id: int) -> HttpResponse:
    """Until when they were in it is kept."""
    segment = _seen(request, segment_id)
    return _picked(actions.remove_members(segment, _ids(request), by=request.actor))


def _seen(request: Request, key: int) -> Segment:
    found: Segment = seen(Segment.objects.select_related("owner", "standing"), request, key)
    return found


def _read(given: dict[str, Any]) -> dict[str, Any]:
    texts: dict[str, Any] = {
        name: text_in(given, name) for name in ("name", "description", "visibility") if name in given
    }
    return {**texts, **({"rule": _rule_in(given)} if "rule" in given else {})}


def _rule_in(given: dict[str, Any]) -> Any:
    rule = given.get("rule") or {}
    if not isinstance(rule, dict):
        raise RuleBroken(_("A condition is an object."), field="rule", value=rule)
    return rule


def _ids(request: Request) -> list[int]:
    ids = only(object_of(request), ("ids",)).get("ids")
    given = ids if isinstance(ids, list) and len(ids) <= MOST_IDS else []
    if not given or not all(type(key) is int and 0 < key < 2**63 for key in given):
        message = _("“%(name)s” is a list of 1 to %(most)s ids.")
        raise RuleBroken(message % {"name": "ids", "most": MOST_IDS}, field="ids", value=str(ids)[:60])
    return given


def _asked(given: dict[str, str]) -> Asked:
    way = given.get("way", "now")
    if way not in WAYS:
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        raise RuleBroken(message % {"value": way[:60], "accepted": ", ".join(WAYS)}, "way", way[:60])
    if way == "now":
        return Asked()
    day = day_of(given.get("day", ""))
    if day is None:
        raise RuleBroken(_("A day as 2030-12-31."), field="day", value=given.get("day", "")[:60])
    return Asked(way, day)


def _place(word: str) -> tuple[datetime, int]:
    place = place_of(word)
    if place is None:
        raise RuleBroken(_("This place in the list is not known any more."), "cursor", word[:80])
    return place


def _picked(done: Done) -> HttpResponse:
    refused = [{"id": key, "message": words} for key, words in done.refused.items()]
    return answer({"changed": done.changed, "unchanged": done.unchanged, "refused": refused})


def _answered(request: Request, segment: Segment, *, status: int = 200) -> HttpResponse:
    segment = Segment.objects.select_related("owner", "standing").get(pk=segment.pk)
    location = f"/api/v1/segments/{segment.pk}" if status == 201 else ""
    data = _shown(segment, request.user, count_of(segment, request.user))
    return answer_record(request, data, version=segment.version, status=status, location=location)


def _shown(segment: Segment, user: Any, counted: tuple[int, bool]) -> dict[str, Any]:
    size, exact = counted
    owner, standing = segment.owner, segment.standing
    return {
        "id": segment.pk,
        "kind": segment.kind,
        "name": segment.name,
        "description": segment.description,
        "dynamic": segment.is_dynamic,
        "rule": segment.rule if segment.is_dynamic and readable_rule(segment, user) else {},
        "sentence": rule_in_words(segment, user),
        "visibility": segment.visibility,
        "owner": {"id": owner.pk, "email": owner.email, "name": owner.name},
        "size": size,
        "size_exact": exact,
        "finding": standing.is_due,
        "trouble": standing.trouble,
        "evaluated_at": standing.evaluated_at,
        "archived_at": segment.archived_at,
        "created_at": segment.created_at,
        "updated_at": segment.updated_at,
    }
