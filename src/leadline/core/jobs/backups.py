"""Asking for a backup; how one is made the roof knows (config/backups)."""

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.jobs.actions import start_job
from leadline.core.jobs.models import Job

BACKUP = "config.backup"


@action
def ask_for_backup(*, tidy: bool = False, by: Actor) -> Job:
    """Make a backup as a job, or give the one that is being made; `tidy` removes the oldest (INT-7)."""
    allowed = by.user.is_system or by.user.may("settings", "manage")
    require(allowed, who_can_help=_("An administrator can do this."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [BACKUP])
    at_work = Job.objects.unfinished().filter(kind=BACKUP).first()
    return at_work or start_job(BACKUP, title=_("Backup"), params={"tidy": tidy}, by=by)
