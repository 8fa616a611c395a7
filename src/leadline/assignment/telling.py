"""Who looks after the rules hears of what stayed without an owner: never silently (SIG-5)."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from leadline.core.actions import Actor
from leadline.core.organisation import organisation
from leadline.people.models import User
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification


def tell_of_unplaced(count: int, *, cause: str, by: Actor) -> None:
    """Tell everybody who may manage the rules how many found nobody, as the overflow owner has left."""
    managing = {"roles__retired_at": None, "roles__grants__assignment__has_key": "manage"}
    for person in User.objects.active().filter(**managing).distinct():
        with translation.override(person.language or organisation().language):
            words = ngettext(
                "%(n)s came in and found no owner: the overflow owner has left. Choose another.",
                "%(n)s came in and found no owner: the overflow owner has left. Choose another.",
                count,
            )
            notify(
                [person.pk],
                kind=Notification.Kind.ASSIGNMENT,
                text=words % {"n": count},
                address=reverse("assignment:rules"),
                cause=cause,
                by=by,
            )
