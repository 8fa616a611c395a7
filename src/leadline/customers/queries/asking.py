"""For whom a list, a selection or an export of customers is asked."""

from typing import Any

from django.utils import timezone, translation

from leadline.core.conditions import Context
from leadline.core.fields import Viewer
from leadline.core.lists.searching import Search
from leadline.core.requests import Request
from leadline.people.models import User
from leadline.people.scope import reach


def context_for(user: Any) -> Context:
    """Now, in the organisation's zone, with this person as "me"."""
    return Context.of_organisation(user.pk)


def viewer_of(request: Request) -> Viewer:
    """Who looks at a page: language, time zone and permissions."""
    language = translation.get_language() or "en"
    return Viewer(language=language, zone=timezone.get_current_timezone_name(), user=request.user)


def search_for(user: Any) -> Search:
    """How this person's customers are searched (CUS-6)."""
    return Search("customer", reach(user, "customer", "view"))


def owners_of(ids: list[int]) -> list[str]:
    """The names of those who own some customers, a few at most; of the customers nothing is told."""
    owners = User.objects.filter(customers__in=ids).order_by("name").distinct()
    return list(owners.values_list("name", flat=True)[:5])
