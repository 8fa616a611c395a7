"""/why: why something can't be done or found, and who can help (PPL-5)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.describing.explaining import QUERY
from leadline.api.describing.operations import ref, says
from leadline.api.listing import parameters_of
from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.explaining.answers import Explanation, Reason
from leadline.people.explaining.asking import kinds_known, verbs_known, why
from leadline.people.signing.viewing import only_looks

router = Router(tags=["users"])


@router.get("", summary="Ask why", **says(gives=ref("Explanation"), query=QUERY))
def ask_why(request: Request) -> HttpResponse:
    """Why you can't do something or find a record, and who can help.

    Of what you don't see it is the same answer, whether it is there or not.
    """
    given = parameters_of(request, ("kind", "id", "verb"))
    kind, verb = given.get("kind", ""), given.get("verb", "")
    _require(kind, kinds_known(), "kind")
    key = _id_in(given) if "id" in given else None
    _require(verb, verbs_known(kind, of_a_record=key is not None), "verb")
    return answer(_shown(why(request.user, kind, key, verb, only_looks=only_looks(request))))


def _require(word: str, known: list[str], field: str) -> None:
    if word and word not in known:
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        words = {"value": word[:60], "accepted": ", ".join(known) or "–"}
        raise RuleBroken(message % words, field, word)


def _id_in(given: dict[str, str]) -> int:
    text = given["id"]
    if not given.get("kind"):
        raise RuleBroken(_("Name the kind of record too."), "kind")
    key = numeric_id(text)
    if key is None:
        raise RuleBroken(_("“%(name)s” is the id of a record.") % {"name": "id"}, "id", text)
    return key


def _shown(found: Explanation) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "id": found.key,
        "found": found.found,
        "scope": found.scope,
        "verbs": [
            {
                "verb": verdict.verb,
                "label": verdict.label,
                "allowed": verdict.allowed,
                "message": verdict.words,
                "reasons": [_reason(reason) for reason in verdict.reasons],
            }
            for verdict in found.verdicts
        ],
        "facts": [{"code": code, "message": words} for code, words in found.facts],
        "who_can_help": [
            {
                "id": helper.user.pk,
                "name": helper.user.name,
                "email": helper.user.email,
                "as": helper.words,
                "away_until": helper.away_until,
            }
            for helper in found.helpers
        ],
    }


def _reason(reason: Reason) -> dict[str, str]:
    lifted = {"you_can_lift_it_by": reason.lift} if reason.lift else {}
    return {"code": reason.code, "message": reason.words, **lifted}
