"""People and a tracked model for the tests of the core."""

import pytest
from django.contrib.auth import get_user_model

from leadline.core.actions import Actor
from leadline.core.tests.boats import boats_in_the_database


@pytest.fixture
def rosa(db):
    """Somebody who sells."""
    return get_user_model().objects.create(email="rosa@example.com", name="Rosa")


@pytest.fixture
def otto(db):
    """Somebody else."""
    return get_user_model().objects.create(email="otto@example.com", name="Otto")


@pytest.fixture
def by_rosa(rosa):
    return Actor(rosa, via="web")


@pytest.fixture
def by_otto(otto):
    return Actor(otto, via="api")


@pytest.fixture
def boat(db):
    """The model of boats, with its table and history."""
    with boats_in_the_database() as model:
        yield model
