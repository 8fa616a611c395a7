"""Sensitive fields: set without being seen, shown only to who may, each showing told (PPL-7, PPL-8)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.privacy import Erased, Person
from leadline.core.refusals import RuleBroken
from leadline.governance.actions.reading import record_reads
from leadline.governance.events import SensitiveChanged
from leadline.governance.models import Sensitive
from leadline.governance.policies import WHO_SEES_SENSITIVE, may_see_sensitive

LONGEST = 500


@action
def set_sensitive(kind: str, key: int, values: Mapping[str, str | None], *, by: Actor) -> list[str]:
    """Set sensitive fields of a record; '' removes one, None leaves it. The caller says who may.

    What it was and is stands nowhere, only that it was changed. Returns the names of those that changed.
    """
    for name, value in values.items():
        if name not in Sensitive.Name.values:
            raise RuleBroken(_("There is no such field."), field=name)
        if value and len(value) > LONGEST:
            raise RuleBroken(_("%(most)s letters at most.") % {"most": LONGEST}, field=name)
    wanted = {name: value.strip() for name, value in values.items() if value is not None}
    rows = Sensitive.objects.select_for_update(no_key=True).about(kind, key).filter(name__in=wanted)
    before = {row.name: row.value for row in rows}
    changed = sorted(name for name, value in wanted.items() if before.get(name, "") != value)
    for name in changed:
        if wanted[name]:
            Sensitive.objects.update_or_create(
                kind=kind,
                record_id=key,
                name=name,
                defaults={"value": wanted[name], "changed_by": by.user, "changed_at": now()},
            )
        else:
            Sensitive.objects.about(kind, key).filter(name=name).delete()
    if changed:
        said = SensitiveChanged(kind_changed=kind, fields=tuple(changed))
        publish(said, by=by, about=[Subject(kind, key)])
    return changed


@action
def reveal_sensitive(kind: str, key: int, *, by: Actor) -> dict[str, str]:
    """The values in the clear, for who may see them; that they were shown stands in the audit."""
    require(may_see_sensitive(by.user), _("Your role does not show this."), who_can_help=WHO_SEES_SENSITIVE)
    found = {row.name: row.value for row in Sensitive.objects.about(kind, key).order_by("name")}
    if found:
        record_reads(kind, ids=[key], fields=sorted(found), by=by)
    return found


@action
def erase_sensitive(person: Person, *, by: Actor) -> Erased:
    """Remove the values of a person's own records."""
    count = 0
    for kind, ids in person.records.items():
        count += Sensitive.objects.filter(kind=kind, record_id__in=ids).delete()[0]
    return Erased({"sensitive": count})
