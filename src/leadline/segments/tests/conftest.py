"""What tests of segments share: making one, following the history, its members."""

import pytest

from leadline.segments import actions
from leadline.segments.following import catch_up, follow
from leadline.segments.models import Member, Segment


@pytest.fixture
def segment_of(cast, by, settle):
    """`segment_of(rule)`: a dynamic segment, filled; without a rule a static one."""

    def made(rule=None, *, kind="customer", owner=None, name="", **more):
        name = name or f"Segment {Segment.objects.count() + 1}"
        given = {"rule": rule} if rule else {"is_dynamic": False}
        made = actions.add_segment(kind=kind, name=name, **given, **more, by=by(owner or cast.ada))
        catch_up(by=by(cast.house, via="job"))
        return made

    return made


@pytest.fixture
def followed(cast, by):
    """`followed()`: what changed is looked at again, as the worker does it."""
    return lambda: follow(by=by(cast.house, via="job"))


@pytest.fixture
def members():
    """`members(segment)`: the ids of who is in it now."""
    return lambda segment: set(
        Member.objects.filter(segment=segment, left_at=None).values_list("record_id", flat=True)
    )
