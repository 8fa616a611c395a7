"""What makes a run shorter without asking less."""

import gc
from collections.abc import Iterator

import pytest

# How many new objects, and how many rounds of the younger, until the collector looks through the older ones.
SELDOM = (100_000, 20, 50)


def pytest_configure() -> None:
    """Thousands of tests and all modules stay until the end: the collector need not look through them."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From now on what is made is also thrown away."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def widgets_are_only_drawn(django_test_environment: None) -> Iterator[None]:
    """Django keeps a copy of the context of each widget that a test draws; nobody here looks at them."""
    from django.template.base import Template
    from django.test.utils import _TestState

    instrumented = Template._render
    Template._render = _TestState.saved_data.template_render
    yield
    Template._render = instrumented


@pytest.fixture(scope="session", autouse=True)
def middleware_stands_once() -> Iterator[None]:
    """Each test client would load all middleware anew, which looks for every static file; one does for all.

    A test that changes a setting gets clients of its own again, as middleware may have read it.
    """
    from django.core.signals import setting_changed
    from django.test.client import ClientHandler

    loaded: dict[str, object] = {}

    def load(handler: ClientHandler, is_async: bool = False) -> None:
        if not loaded:
            loads(handler, is_async)
            loaded.update((name, value) for name, value in vars(handler).items() if "middleware" in name)
        vars(handler).update(loaded)

    def forget(**_more: object) -> None:
        loaded.clear()

    loads = ClientHandler.load_middleware
    ClientHandler.load_middleware = load
    setting_changed.connect(forget)
    yield
    setting_changed.disconnect(forget)
    ClientHandler.load_middleware = loads
