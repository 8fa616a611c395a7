"""Learning a model, at somebody's wish or by itself each week (LEA-12)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.jobs import Job, start_job
from leadline.scoring import policies
from leadline.scoring.actions.switching import basis_for, take
from leadline.scoring.events import ScoringLearnt
from leadline.scoring.learning.teaching import Lesson
from leadline.scoring.models import LearntModel

KIND = "scoring.learn"


@action
def ask_to_learn(*, by: Actor) -> Job:
    """Start learning as a job."""
    require(policies.may_manage_scoring(by.user), str(policies.NOT_YOURS))
    horizon = basis_for(by=by).horizon_days
    return start_job(KIND, title=_("Learn a model of scoring"), params={"horizon": horizon}, total=1, by=by)


@action
def learn_model(lesson: Lesson, *, by: Actor) -> LearntModel:
    """Keep what came of a lesson; one that beats the rules is taken, where that is to happen by itself."""
    require(policies.may_manage_scoring(by.user), str(policies.NOT_YOURS))
    model = LearntModel.objects.create(
        learnt_at=now(), state=lesson.state, card=lesson.card, weights=lesson.weights, asked_by=by.user
    )
    publish(ScoringLearnt(model_id=model.pk, state=str(lesson.state)), by=by, about=[])
    basis = basis_for(by=by)
    if basis.is_automatic and model.is_better:
        take(model, by=by)
    elif basis.is_automatic and basis.model is not None and model.state == LearntModel.State.NOT_BETTER:
        take(None, by=by)
    return model


def horizon_of(days: int) -> timedelta:
    """After how long a lead that is still open counts as not converted."""
    return timedelta(days=days)
