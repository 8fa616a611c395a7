"""Erasing a person: the row stays for sums and links, nothing in it says who it was (PPL-8)."""

from django.db.models import F
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.custom.personal import without_person
from leadline.core.normalise.text import sort_key
from leadline.core.privacy import Erased, Person
from leadline.core.search import index
from leadline.leads.actions.onplatform import part_from_platform
from leadline.leads.actions.side import follow
from leadline.leads.models import Lead


@action
def erase_leads(person: Person, *, by: Actor) -> Erased:
    """Empty the person's leads; stage, desk, owner, country and campaign stay for the sums."""
    ids = person.ids("lead")
    name, moment = _("Erased person"), now()
    for pk, custom in Lead.objects.filter(pk__in=ids).values_list("pk", "custom"):
        Lead.objects.filter(pk=pk).update(
            name=name,
            name_key=sort_key(name),
            **dict.fromkeys(
                ("company", "email", "phone", "language", "time_zone", "zone", "source", "description"), ""
            ),
            tags=[],
            unclear=[],
            custom=without_person("lead", custom, person.words),
            do_not_call=True,
            do_not_email=True,
            **dict.fromkeys(("starred_at", "starred_until", "starred_by", "callback_at")),
            archived_at=moment,
            erased_at=moment,
            updated_at=moment,
            version=F("version") + 1,
        )
    follow(ids)
    part_from_platform(ids, by=by)
    index("lead", ids)
    return Erased({"leads": len(ids)}, {"lead": ids})
