"""/duplicates: pairs that may be one, what is said of them, the rules by which they are found (CUS-22)."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import id_in, object_of, only, yes_in
from leadline.api.describing.operations import fields, list_of, ref, says
from leadline.api.listing import limit_in, listed, parameters_of
from leadline.api.resources.jobs import job_started
from leadline.core.actions import require
from leadline.core.drafts import clean_draft
from leadline.core.fields import catalogue
from leadline.core.ids import numeric_id
from leadline.core.lists import Count
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers.actions import cleaning_for
from leadline.customers.likeness import INSTALLED, rules_for
from leadline.customers.likeness.rules import ELSEWHERE, SIGNS
from leadline.customers.likeness.weighing import SAME
from leadline.customers.models import Customer
from leadline.customers.queries.duplicates import Likeness, likely_contacts, likely_duplicates
from leadline.duplicates import actions
from leadline.duplicates.models import Pair
from leadline.duplicates.policies import WHO_SETS_RULES, may_see_duplicates, may_set_rules
from leadline.duplicates.queries import Asked, Shown, half_out_of_sight, pair_seen, pairs_for

router = Router(tags=["duplicates"])
_KIND = {"enum": list(INSTALLED), "default": "customer"}
QUERY: list[dict[str, Any]] = [
    {"name": "kind", "description": "Of which records.", "schema": _KIND},
    {"name": "least", "description": "Least score in percent.", "schema": {"type": "integer"}},
    {"name": "reason", "description": "A sign that they share.", "schema": {"type": "string"}},
    {"name": "owner", "description": "Owner of one of them.", "schema": {"type": "integer"}},
    {"name": "team", "description": "Team of one of them.", "schema": {"type": "integer"}},
    {"name": "record", "description": "Pairs of this record.", "schema": {"type": "integer"}},
    {"name": "dismissed", "description": "1: those said not to be.", "schema": {"enum": ["0", "1"]}},
    {"name": "limit", "description": "Pairs of a page.", "schema": {"type": "integer", "maximum": 200}},
    {"name": "cursor", "description": "`next` of the page before.", "schema": {"type": "string"}},
]
TYPED = ("name", "email", "phone", "website", "address", "city", "postcode", "country")
LIKELY = says(
    gives=fields({"data": {"type": "array", "items": {"type": "object"}}}, "data"),
    takes=fields(
        {"kind": _KIND, "customer": {"type": "integer"}, **{name: {"type": "string"} for name in TYPED}}
    ),
    example={"name": "Acme Steel", "email": "info@acme.example"},
)
NOTHING = says(gives=ref("DuplicatePair"), takes=fields({}), example={}, optional=True)
RULES = says(
    gives=ref("DuplicateRules"),
    takes=fields(
        {
            "rules": {
                "type": "object",
                "additionalProperties": fields(
                    {
                        "weight": {"type": "integer", "minimum": 0, "maximum": 100},
                        "least": {"type": "integer", "minimum": 0, "maximum": 100},
                    }
                ),
            }
        },
        "rules",
    ),
    example={"rules": {"phone": {"weight": 80}}},
)


@router.get("", summary="List likely duplicates", **says(gives=list_of(ref("DuplicatePair")), query=QUERY))
def list_duplicates(request: Request) -> HttpResponse:
    """Pairs of which you see both sides, the surest first."""
    require(may_see_duplicates(request.user))
    asked = _asked(request)
    shown, more = pairs_for(request.user, asked)
    hidden = half_out_of_sight(request.user, asked.kind)
    told = listed(
        [_shown(each) for each in shown],
        "{:d}.{:d}.{:d}".format(*more) if more else None,
        Count(len(shown), more is None and not asked.after),
    )
    outside = {"value": hidden.count, "exact": hidden.is_exact, "ask": hidden.owners}
    return answer({**told, "outside": outside})


@router.post("/{int:duplicate_id}/dismiss", summary="Say that a pair is none", **NOTHING)
def dismiss_duplicate(request: Request, duplicate_id: int) -> HttpResponse:
    """Remembered, whatever later scans find; you must be allowed to edit both records."""
    pair = _pair(request, duplicate_id)
    actions.dismiss_pairs([pair.pk], by=request.actor)
    return _one(request, pair, dismissed=True)


@router.post("/{int:duplicate_id}/take-back", summary="Take back that a pair is none", **NOTHING)
def take_back_duplicate(request: Request, duplicate_id: int) -> HttpResponse:
    """They may be one after all."""
    pair = _pair(request, duplicate_id)
    actions.take_back(pair, by=request.actor)
    return _one(request, pair, dismissed=False)


@router.post("/likely", summary="Ask who is here already", **LIKELY)
def ask_who_is_here(request: Request) -> HttpResponse:
    """Before a customer or contact is added: who may be the same, and why. One out of sight has no name."""
    given = object_of(request)
    kind = given.pop("kind", "customer")
    require(may_see_duplicates(request.user))
    about = catalogue("contact" if kind == "contact" else "customer")
    answers = only(given, [*TYPED, "customer"] if kind == "contact" else TYPED)
    at = id_in(answers, "customer") if answers.get("customer") is not None else None
    answers.pop("customer", None)
    typed = clean_draft(about, answers, cleaning_for(request.actor)).values
    if kind == "contact":
        seen = Customer.objects.visible_to(request.user).filter(pk=at or 0).exists()
        found = likely_contacts(request.user, customer=at if seen else None, **typed)
    else:
        found = likely_duplicates(request.user, **typed)
    return answer({"data": [_likely(each) for each in found]})


@router.post(
    "/scan",
    summary="Look for duplicates",
    **says(
        gives=ref("Job"),
        status=202,
        takes=fields({"full": {"type": "boolean"}}),
        example={"full": False},
        optional=True,
    ),
)
def scan_for_duplicates(request: Request) -> HttpResponse:
    """Among the records that changed since the last scan, or with `full` among all; a job."""
    given = only(object_of(request, optional=True), ["full"])
    return job_started(actions.start_scan(is_full=yes_in(given, "full"), by=request.actor))


@router.get("/rules/{kind}", summary="Read the rules for duplicates", **says(gives=ref("DuplicateRules")))
def read_rules(request: Request, kind: str) -> HttpResponse:
    """What each sign is worth, and from when people are told."""
    require(may_set_rules(request.user), who_can_help=WHO_SETS_RULES)
    return _rules(kind)


@router.patch("/rules/{kind}", summary="Change the rules for duplicates", **RULES)
def patch_rules(request: Request, kind: str) -> HttpResponse:
    """What is not given stays. A new scan follows."""
    require(may_set_rules(request.user), who_can_help=WHO_SETS_RULES)
    held = _held(kind)
    given = only(object_of(request), ["rules"]).get("rules")
    wanted = {}
    for key, values in given.items() if isinstance(given, dict) else ():
        weight, least = held.get(key, (None, None))
        found = values if isinstance(values, dict) else {}
        wanted[key] = (found.get("weight", weight), found.get("least", least))
    actions.change_rules(kind, wanted, by=request.actor)
    return _rules(kind)


@router.post(
    "/rules/{kind}/put-back",
    summary="Put the rules back as installed",
    **says(gives=ref("DuplicateRules"), takes=fields({}), example={}, optional=True),
)
def put_rules_back(request: Request, kind: str) -> HttpResponse:
    """A new scan follows where anything was changed."""
    require(may_set_rules(request.user), who_can_help=WHO_SETS_RULES)
    _held(kind)
    actions.put_rules_back(kind, by=request.actor)
    return _rules(kind)


def _likely(each: Likeness) -> dict[str, Any]:
    shown = {"id": each.record.pk, "name": each.record.name} if each.is_visible else {"ask": each.ask or None}
    return {"score": each.score, "reasons": each.reasons, **shown}


def _asked(request: Request) -> Asked:
    given = parameters_of(request, [each["name"] for each in QUERY])
    kind = _one_of(given, "kind", INSTALLED) or "customer"
    return Asked(
        kind=kind,
        least=_number(given, "least", SAME) or 0,
        sign=_one_of(given, "reason", [each.key for each in SIGNS[kind] if each is not ELSEWHERE]),
        owner=_number(given, "owner"),
        team=_number(given, "team"),
        record=_number(given, "record"),
        dismissed=_one_of(given, "dismissed", ("0", "1")) == "1",
        after=_place(given.get("cursor", "")),
        limit=limit_in(given),
    )


def _one_of(given: dict[str, str], name: str, accepted: Iterable[str]) -> str:
    value = given.get(name, "")
    if value and value not in accepted:
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        raise RuleBroken(message % {"value": value[:60], "accepted": ", ".join(accepted)}, name, value)
    return value


def _number(given: dict[str, str], name: str, most: int | None = None) -> int | None:
    value = given.get(name, "")
    number = numeric_id(value)
    if value and (number is None or (most is not None and number > most)):
        raise RuleBroken(_("“%(name)s” is a whole number.") % {"name": name}, name, value)
    return number


def _place(cursor: str) -> tuple[bool, int, int] | None:
    later, score, key = ([numeric_id(part) for part in cursor.split(".")] + [None] * 3)[:3]
    if later is None or score is None or key is None:
        if cursor:
            raise RuleBroken(_("This place in the list is not known any more."), "cursor", cursor)
        return None
    return bool(later), score, key


def _pair(request: Request, key: int) -> Pair:
    pair = pair_seen(request.user, key) if 0 < key < 2**63 else None
    if pair is None:
        raise Http404
    return pair


def _one(request: Request, pair: Pair, *, dismissed: bool) -> HttpResponse:
    asked = Asked(kind=pair.kind, record=pair.low_id, dismissed=dismissed, limit=200)
    shown, _more = pairs_for(request.user, asked)
    return answer(next((_shown(each) for each in shown if each.pair.pk == pair.pk), {"id": pair.pk}))


def _shown(each: Shown) -> dict[str, Any]:
    return {
        "id": each.pair.pk,
        "kind": each.pair.kind,
        "score": each.pair.score,
        "reasons": each.reasons,
        "signs": each.pair.signs.split(),
        "group": each.pair.group_id,
        "records": [{"id": record.pk, "name": record.name} for record in (each.low, each.high)],
    }


def _held(kind: str) -> dict[str, tuple[int, int]]:
    if kind not in INSTALLED:
        raise Http404
    return dict(rules_for(kind).values)


def _rules(kind: str) -> HttpResponse:
    held = _held(kind)
    rules = {
        key: {"weight": weight, "least": least, "installed": list(INSTALLED[kind][key])}
        for key, (weight, least) in held.items()
    }
    return answer({"kind": kind, "rules": rules})
