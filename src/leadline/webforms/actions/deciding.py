"""What was held back: somebody releases it, or says that it is spam."""

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.webforms import policies
from leadline.webforms.actions.taking import make_lead_of
from leadline.webforms.events import SubmissionDiscarded
from leadline.webforms.models import Submission


@action
def release_submission(submission: Submission, *, by: Actor) -> Submission:
    """It is no spam: it becomes a lead, as if it had come through. Also what was discarded, while it is kept.

    Raises `RuleBroken` for what is a lead already or was forgotten.
    """
    submission = _decided(submission, by)
    if not submission.answers:
        raise RuleBroken(_("What was sent has been forgotten."))
    return make_lead_of(submission, by=by)


@action
def discard_submission(submission: Submission, *, by: Actor) -> Submission:
    """It is spam: no lead. It is kept for 90 days, and can be released until then."""
    submission = _decided(submission, by)
    submission.state = Submission.State.DISCARDED
    submission.save()
    told = SubmissionDiscarded(form_id=submission.form_id, submission_id=submission.pk)
    publish(told, by=by, about=[submission.form])
    return submission


def _decided(submission: Submission, by: Actor) -> Submission:
    submission = lock(submission, "form")
    require(policies.may_manage_forms(by.user), str(policies.NOT_YOURS))
    if submission.state == Submission.State.TAKEN:
        raise RuleBroken(_("This is a lead already."))
    submission.decided_by, submission.decided_at = by.user, now()
    submission.save(update_fields=["decided_by", "decided_at"])
    return submission
