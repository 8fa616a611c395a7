"""Plain answers, as forms, jobs and programs give them, as what the actions take."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.boards import Into
from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken
from leadline.leads.models import Reason, Stage
from leadline.people.models import User

NO_ID = -1  # what no record has
Answers = Mapping[str, Any]


def moment_of(text: Any) -> datetime | None:
    """The moment that a form or a job kept as ISO 8601 with its zone; None for what is none."""
    try:
        moment = datetime.fromisoformat(str(text or ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def owner_in(answers: Answers) -> User | None:
    """The user named by id; None for nobody. Raises `RuleBroken` for somebody who left."""
    if not answers.get("owner"):
        return None
    owner = User.objects.active().filter(pk=answers["owner"], is_system=False).first()
    if owner is None:
        raise RuleBroken(_("Choose somebody who works here."), field="owner", value=answers["owner"])
    return owner


def owner_named(into: Into) -> User | None:
    """The user whose lane it is; None for that of nobody."""
    return owner_in({"owner": numeric_id(into.to) or NO_ID}) if into.to else None


def among_in(answers: Answers) -> Sequence[User]:
    """The people named by ids, in that order. Raises `RuleBroken` for one who does not work here."""
    keys = [int(key) for key in answers.get("among") or ()]
    found = User.objects.active().filter(is_system=False).in_bulk(keys)
    if missing := [key for key in keys if key not in found]:
        raise RuleBroken(_("Choose somebody who works here."), field="among", value=missing[0])
    return [found[key] for key in keys]


def until_in(answers: Answers) -> datetime:
    """Until when. Raises `RuleBroken` for what is no moment."""
    until = moment_of(answers.get("until"))
    if until is None:
        message = _("Give a moment with its zone, as 2030-12-31T18:00:00+07:00.")
        raise RuleBroken(message, field="until", value=answers.get("until"))
    return until


def stage_in(answers: Answers) -> Stage:
    """The stage named by its id, name or key. Raises `RuleBroken` with those that there are."""
    return _listed_in(Stage, answers, "stage")


def reason_in(answers: Answers) -> Reason:
    """The reason named by its id, name or key. Raises `RuleBroken` with those that there are."""
    return _listed_in(Reason, answers, "reason")


def _listed_in(model: Any, answers: Answers, name: str) -> Any:
    given = str(answers.get(name) or "").strip().casefold()
    every = list(model.objects.in_use())
    for each in every:
        if given and given in (str(each.pk), each.key, each.name.casefold(), each.label.casefold()):
            return each
    known = ", ".join(each.label for each in every)
    raise RuleBroken(_("Choose one of: %(known)s.") % {"known": known}, field=name, value=answers.get(name))
