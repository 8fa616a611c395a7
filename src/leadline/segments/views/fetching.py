"""How views of segments fetch: through `visible_to`, so that what one may not see is a 404 (ALL-3)."""

from django.http import Http404

from leadline.core.actions import require
from leadline.core.reading import Reading
from leadline.core.requests import Request
from leadline.segments.kinds import Segmentable, segmentables
from leadline.segments.models import SEEN_SQL, Segment, teams_of

_WHOLE = Reading(Segment, owner=("id", "email", "name"), standing=())
_SEEN = SEEN_SQL.format("%s", "%s")


def require_seeing(request: Request) -> None:
    """Pages about segments are for whoever may see any."""
    require(request.user.is_system or request.user.may("segment", "view"))


def segment_of(request: Request, pk: int) -> Segment:
    """A segment that the person sees, archived or not; with its owner and how it stands."""
    user = request.user
    if user.is_system:
        found = _WHOLE.one(pk)
    else:
        found = _WHOLE.one(pk, _SEEN, [user.pk, teams_of(user)]) if user.may("segment", "view") else None
    if found is None:
        raise Http404
    return found


def kind_of(name: str) -> Segmentable:
    """A kind of record that has segments; 404 for any other."""
    found = next((kind for kind in segmentables() if kind.kind == name), None)
    if found is None:
        raise Http404
    return found
