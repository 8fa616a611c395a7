"""What tests of scoring begin with."""

import pytest

from leadline.core.custom.actions import make_field


@pytest.fixture
def boats(cast, by):
    """A custom field that tells how many boats somebody has."""
    return make_field("lead", label="Boats", kind="number", by=by(cast.ada))
