"""What makes a run shorter without asking less."""

import gc
from collections.abc import Iterator

import pytest

# How many new objects, and how many rounds of the younger, until the collector looks through the older ones.
SELDOM = (100_000, 20, 50)


def pytest_collection_finish() -> None:
    """Thousands of tests and all modules stay until the end: the collector need not look through them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


@pytest.fixture(scope="session", autouse=True)
def widgets_are_only_drawn(django_test_environment: None) -> Iterator[None]:
    """Django keeps a copy of the context of each widget that a test draws; nobody here looks at them."""
    from django.template.base import Template
    from django.test.utils import _TestState

    instrumented = Template._render
    Template._render = _TestState.saved_data.template_render
    yield
    Template._render = instrumented
