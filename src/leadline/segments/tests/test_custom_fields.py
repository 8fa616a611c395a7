"""Segments that ask for a custom field follow what becomes of it (CUS-17, CUS-21)."""

import pytest

from leadline.core.custom.actions import archive_field, bring_back_field, make_field
from leadline.segments.models import Standing

pytestmark = pytest.mark.django_db


def test_a_segment_is_looked_at_when_its_field_goes_and_is_there_again(cast, by, make, segment_of, settle):
    field = make_field("customer", label="Size", kind="number", by=by(cast.ada))
    make.customer(x_size=4)
    segment = segment_of({"and": [{"field": "x_size", "op": "equals", "value": 4}]})
    standing = Standing.objects.get(segment=segment)
    assert (standing.size, standing.trouble, standing.is_due) == (1, "", False)

    archive_field(field, by=by(cast.ada))
    settle()
    standing.refresh_from_db()
    assert standing.trouble

    bring_back_field(field, by=by(cast.ada))
    settle()
    standing.refresh_from_db()
    assert (standing.size, standing.trouble, standing.is_due) == (1, "", False)
