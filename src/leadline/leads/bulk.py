"""What can be done with many leads at once; each verb is the action that the lead's page calls (LEA-8)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.assignment.actions import assign_by_rules
from leadline.core.actions import Actor
from leadline.core.changesets import after_undo
from leadline.core.formats import moment as written
from leadline.core.lists.bulk import BulkVerb, preview_bulk, register_verbs, start_bulk
from leadline.core.search import index
from leadline.customers.actions.picking import Done
from leadline.customers.forms import TagForm
from leadline.leads import actions
from leadline.leads.actions.changing import SEARCHED
from leadline.leads.actions.converting.choosing import Alike
from leadline.leads.actions.side import renew
from leadline.leads.answers import among_in, moment_of, owner_in, reason_in, stage_in, until_in
from leadline.leads.forms import (
    ConvertManyForm,
    OwnerForm,
    ReasonForm,
    SeenForm,
    SpreadForm,
    StageForm,
    StarForm,
)

__all__ = ["VERBS", "follow_the_undone", "preview_bulk", "start_bulk"]

Answers = Mapping[str, Any]


def _assign(ids: list[int], answers: Answers, by: Actor) -> Done:
    seen_at = moment_of(answers.get("seen_at"))
    return actions.assign_leads(ids, owner=owner_in(answers), seen_at=seen_at, by=by)


def _spread(ids: list[int], answers: Answers, by: Actor) -> Done:
    seen_at = moment_of(answers.get("seen_at"))
    return actions.spread_leads(ids, among=among_in(answers), seen_at=seen_at, by=by)


def _by_rules(ids: list[int], answers: Answers, by: Actor) -> Any:
    return assign_by_rules("lead", ids, seen_at=moment_of(answers.get("seen_at")), by=by)


def _star(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.star_leads(ids, until=until_in(answers), by=by)


def _unstar(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.unstar_leads(ids, by=by)


def _stage(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.set_stage(ids, stage=stage_in(answers), by=by)


def _disqualify(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.disqualify_leads(ids, reason=reason_in(answers), by=by)


def _reopen(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.reopen_leads(ids, by=by)


def _convert(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.convert_leads(ids, alike=answers.get("alike") or Alike.LEAVE, by=by)


def _tag(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.tag_leads(ids, add=answers.get("add") or (), remove=answers.get("remove") or (), by=by)


def _archive(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.archive_leads(ids, by=by)


def _restore(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.restore_leads(ids, by=by)


def _assign_told(answers: Answers) -> str:
    return _("Assign to %(owner)s") % {"owner": owner_in(answers) or _("nobody")}


def _spread_told(answers: Answers) -> str:
    return _("Spread among %(people)s") % {"people": ", ".join(str(each) for each in among_in(answers))}


def _star_told(answers: Answers) -> str:
    return _("Star until %(moment)s") % {"moment": written(until_in(answers))}


def _tag_told(answers: Answers) -> str:
    signed = [f"+{tag}" for tag in answers.get("add") or ()]
    signed += [f"−{tag}" for tag in answers.get("remove") or ()]
    return _("Change tags (%(tags)s)") % {"tags": ", ".join(signed)}


def _stage_told(answers: Answers) -> str:
    return _("Change stage to %(stage)s") % {"stage": stage_in(answers).label}


def _disqualify_told(answers: Answers) -> str:
    return _("Disqualify: %(reason)s") % {"reason": reason_in(answers).label}


VERBS: dict[str, BulkVerb] = {
    verb.key: verb
    for verb in (
        BulkVerb(
            "assign",
            gettext_lazy("Assign"),
            "assign",
            "user-check",
            _assign,
            _assign_told,
            form=OwnerForm,
            template="leads/_bulk_assign.html",
        ),
        BulkVerb(
            "spread", gettext_lazy("Spread"), "assign", "users-group", _spread, _spread_told, form=SpreadForm
        ),
        BulkVerb(
            "by_rules",
            gettext_lazy("Assign by rules"),
            "assign",
            "adjustments-horizontal",
            _by_rules,
            lambda answers: _("Assign by rules"),
            form=SeenForm,
        ),
        BulkVerb("star", gettext_lazy("Star"), "star", "star", _star, _star_told, form=StarForm),
        BulkVerb("unstar", gettext_lazy("Unstar"), "star", "x", _unstar, lambda answers: _("Unstar")),
        BulkVerb("stage", gettext_lazy("Stage"), "edit", "flag", _stage, _stage_told, form=StageForm),
        BulkVerb("tag", gettext_lazy("Tag"), "edit", "tag", _tag, _tag_told, form=TagForm),
        BulkVerb(
            "disqualify",
            gettext_lazy("Disqualify"),
            "edit",
            "ban",
            _disqualify,
            _disqualify_told,
            form=ReasonForm,
        ),
        BulkVerb(
            "convert",
            gettext_lazy("Convert"),
            "convert",
            "arrows-join",
            _convert,
            lambda answers: _("Convert into customers"),
            form=ConvertManyForm,
        ),
        BulkVerb("reopen", gettext_lazy("Reopen"), "edit", "refresh", _reopen, lambda answers: _("Reopen")),
        BulkVerb(
            "archive", gettext_lazy("Archive"), "archive", "archive", _archive, lambda answers: _("Archive")
        ),
        BulkVerb(
            "restore",
            gettext_lazy("Restore"),
            "archive",
            "arrow-back-up",
            _restore,
            lambda answers: _("Restore"),
            of_archived=True,
        ),
    )
}
register_verbs("lead", VERBS)


@after_undo("lead")
def follow_the_undone(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """Derive anew what history leaves out: sort keys, zones, the pulse, search."""
    renew(ids, columns)
    if SEARCHED & columns:
        index("lead", ids)
