"""Starting a scan: by the button, each night, after the rules changed."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.jobs import Job, start_job
from leadline.core.refusals import RuleBroken
from leadline.duplicates.models import SCAN
from leadline.duplicates.policies import WHO_SCANS, may_scan

KINDS = ("customer", "contact")


@action
def start_scan(*, is_full: bool = False, kinds: Sequence[str] = KINDS, by: Actor) -> Job:
    """Look for duplicates among customers and contacts: among those that changed since, or among all."""
    require(may_scan(by.user), who_can_help=WHO_SCANS)
    if Job.objects.unfinished().filter(kind=SCAN).exists():
        raise RuleBroken(_("A scan is under way already."))
    title = _("Look for duplicates among all records") if is_full else _("Look for duplicates among changes")
    return start_job(SCAN, title=title, params={"full": is_full, "kinds": list(kinds)}, by=by)
