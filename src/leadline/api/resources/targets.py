"""/targets: what people and teams are to reach, how far they are, setting and copying (PRF-1)."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in
from leadline.api.describing.operations import fields, says
from leadline.api.listing import parameters_of
from leadline.core.actions import require
from leadline.core.conditions import Context
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.models import Team, User
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.performance import actions, policies
from leadline.performance.actions import Wish
from leadline.performance.gauges import Gauge, gauges_for
from leadline.performance.grid import month_targets
from leadline.performance.models import Target
from leadline.performance.months import beside, month_of

router = Router(tags=["targets"])
_TEXT: dict[str, Any] = {"type": "string"}
_ID = {"type": ["integer", "null"]}
_AMOUNT = {"type": ["string", "number", "null"], "description": "Null takes the target back."}
_SET: dict[str, dict[str, Any]] = {
    "user": {**_ID, "description": "The id of a person, or else"},
    "team": {**_ID, "description": "of a team."},
    "metric": {**_TEXT, "description": "The name of a metric that adds up."},
    "every": {"enum": list(Target.Every.values)},
    "currency": {**_TEXT, "description": "Of amounts of money: ISO 4217."},
    "value": _AMOUNT,
}
_TARGET = fields(
    {
        **_SET,
        "id": {"type": "integer"},
        "month": {**_TEXT, "format": "date"},
        "who": _TEXT,
        "version": {"type": "integer"},
        "progress": {
            "description": "While its day, week or month runs.",
            "anyOf": [
                fields(
                    {
                        "reached": _TEXT,
                        "missing": _TEXT,
                        "expected": {**_TEXT, "description": "What would be on pace by now."},
                        "pace": {"enum": ["reached", "on_pace", "behind"]},
                        "words": _TEXT,
                        "first": {**_TEXT, "format": "date"},
                        "last": {**_TEXT, "format": "date"},
                    }
                ),
                {"type": "null"},
            ],
        },
    }
)
_LIST = fields({"data": {"type": "array", "items": _TARGET}})
_DONE = fields(
    {
        "data": {"type": "array", "items": _TARGET},
        "change_set": {"type": ["integer", "null"], "description": "Undo it by /changes."},
    }
)
_MONTH = {"type": "string", "description": "As 2026-11; the present one without."}


@router.get(
    "",
    summary="List targets",
    **says(gives=_LIST, query=[{"name": "month", "description": _MONTH["description"], "schema": _TEXT}]),
)
def list_targets(request: Request) -> HttpResponse:
    """Those of a month that you see, with how far each is while it runs."""
    given = parameters_of(request, ("month",))
    return answer({"data": _told(request, month_targets(request.user, _month(given)))})


@router.post(
    "",
    summary="Set targets",
    **says(
        gives=_DONE,
        takes=fields(
            {
                "month": _MONTH,
                "targets": {"type": "array", "items": fields(_SET, "metric", "every", "value")},
            },
            "targets",
        ),
        example={
            "month": "2026-11",
            "targets": [{"user": 1, "metric": "calls", "every": "day", "value": 40}],
        },
    ),
)
def set_targets(request: Request) -> HttpResponse:
    """All of them or none; other targets of the month stay. Undone at once by its change set."""
    _require(request)
    given = only(object_of(request), ("month", "targets"))
    month, rows = _month(given), given.get("targets")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RuleBroken(_("“%(name)s” is a list of objects.") % {"name": "targets"}, "targets", rows)
    done = actions.set_targets(month, [_wish(only(row, _SET)) for row in rows], by=request.actor)
    return _done(request, done)


@router.post(
    "/copy",
    summary="Copy the targets of the month before",
    **says(gives=_DONE, takes=fields({"month": _MONTH}), example={}, optional=True),
)
def copy_targets(request: Request) -> HttpResponse:
    """Into this month, for everybody for whom you set targets and who has no such target yet."""
    _require(request)
    month = _month(only(object_of(request, optional=True), ("month",)))
    return _done(request, actions.copy_targets(beside(month, -1), month, by=request.actor))


def _require(request: Request) -> None:
    require(
        policies.may_set_targets(request.user),
        _("Your role sets no targets."),
        who_can_help=ASK_AN_ADMINISTRATOR,
    )


def _month(given: dict[str, Any]) -> date:
    return month_of(text_in(given, "month"), Context.of_organisation())


def _wish(row: dict[str, Any]) -> Wish:
    words = {name: text_in(row, name) for name in ("metric", "every", "currency")}
    return Wish(_whose(row), words["metric"], words["every"], _amount(row.get("value")), words["currency"])


def _whose(row: dict[str, Any]) -> User | Team:
    named = [(name, row[name]) for name in ("user", "team") if row.get(name) is not None]
    if len(named) != 1:
        raise RuleBroken(_("A target is for a person or for a team."), field="user")
    name, key = named[0]
    whole = isinstance(key, int) and not isinstance(key, bool) and 0 < key < 2**63
    rows: Any = User.objects.filter(is_system=False) if name == "user" else Team.objects.all()
    found = rows.filter(pk=key).first() if whole else None
    if found is None:
        raise RuleBroken(_("There is none with this id."), field=name, value=str(key)[:40])
    return found


def _amount(value: Any) -> Decimal | None:
    if value is None:
        return None
    try:
        amount = Decimal(value) if isinstance(value, int | str | Decimal) and value is not True else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or amount != round(amount, 2):
        message = _("“value” is a number with at most two decimals.")
        raise RuleBroken(message, field="value", value=str(value)[:40])
    return amount


def _done(request: Request, done: actions.Done) -> HttpResponse:
    return answer({"data": _told(request, list(done.changed)), "change_set": done.change_set})


def _told(request: Request, targets: list[Target]) -> list[dict[str, Any]]:
    set_now = [each for each in targets if each.value is not None]
    progress = {each.target.pk: each for each in gauges_for(request.user, set_now)}
    return [
        {
            "id": each.pk,
            "month": each.month,
            "user": each.user_id,
            "team": each.team_id,
            "who": each.whose,
            "metric": each.metric,
            "every": each.every,
            "currency": each.currency,
            "value": each.value,
            "version": each.version,
            "progress": _progress(progress[each.pk]) if each.pk in progress else None,
        }
        for each in targets
    ]


def _progress(gauge: Gauge) -> dict[str, Any]:
    return {
        "reached": gauge.reached,
        "missing": gauge.missing,
        "expected": gauge.expected,
        "pace": gauge.pace,
        "words": gauge.words,
        "first": gauge.period.first,
        "last": gauge.period.last,
    }
