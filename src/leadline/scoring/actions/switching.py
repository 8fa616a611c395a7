"""What scores come from: a model that beat the rules, or the rules (LEA-12)."""

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.scoring import policies
from leadline.scoring.actions.following import look_at_all
from leadline.scoring.events import ScoringSwitched
from leadline.scoring.models import Basis, LearntModel

HORIZON = (14, 365)


@action
def use_model(model: LearntModel, *, by: Actor) -> Basis:
    """Score by a model from now on. Raises `RuleBroken` for one that did not beat the rules."""
    require(policies.may_manage_scoring(by.user), str(policies.NOT_YOURS))
    if not model.is_better:
        raise RuleBroken(_("This model did not beat the rules on later leads, so it is not used."))
    return take(model, by=by)


@action
def use_rules(*, by: Actor) -> Basis:
    """Score by the rules from now on; a model learnt later is not taken by itself."""
    require(policies.may_manage_scoring(by.user), str(policies.NOT_YOURS))
    basis = take(None, by=by)
    basis.is_automatic = False
    basis.save(update_fields=["is_automatic"])
    return basis


@action
def set_automatic(*, is_automatic: bool, horizon_days: int | None = None, by: Actor) -> Basis:
    """Whether a better model is taken by itself, and when an open lead counts as not converted."""
    require(policies.may_manage_scoring(by.user), str(policies.NOT_YOURS))
    basis = basis_for(by=by)
    basis.is_automatic = is_automatic
    if horizon_days is not None:
        least, most = HORIZON
        if not least <= horizon_days <= most:
            message = _("From %(least)s to %(most)s days are accepted.") % {"least": least, "most": most}
            raise RuleBroken(message, field="horizon_days", value=horizon_days)
        basis.horizon_days = horizon_days
    basis.save()
    return basis


@action
def take(model: LearntModel | None, *, by: Actor) -> Basis:
    """Score by this from now on; all leads are looked at again."""
    basis = basis_for(by=by)
    if basis.model_id != (model.pk if model else None):
        basis.model = model
        basis.save(update_fields=["model"])
        look_at_all(by=by)
        publish(ScoringSwitched(model_id=model.pk if model else None), by=by, about=[])
    return basis


@action
def basis_for(*, by: Actor) -> Basis:
    """The one row, locked."""
    Basis.objects.get_or_create(pk=1)
    return Basis.objects.select_for_update(of=("self",)).select_related("model").get(pk=1)
