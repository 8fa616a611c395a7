"""Browser, site and worker of the journeys. `visit(cast.rosa)` opens a page in which Rosa has signed in."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browsing import PATIENCE, launched
from tests.journeys.site import Site, serving, working
from tests.journeys.watching import Watch

PAGES = pytest.StashKey[list[Page]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey runs a browser, and commits what it does."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Any:
    """A journey that fails leaves a picture of each of its pages, and says where."""
    report = yield
    if call.when == "call" and report.failed:
        pages = [page for page in item.stash.get(PAGES, []) if not page.is_closed()]
        folder = Path(item.config._tmp_path_factory.getbasetemp())  # type: ignore[attr-defined]
        for number, page in enumerate(pages, 1):
            picture = folder / f"{item.name}-{number}.png"
            page.screenshot(path=picture)
            report.sections.append((f"page {number}", f"{page.url}\npicture: {picture}"))
    return report


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all journeys of this process."""
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code. It then keeps
    # other connections; those of before would be found again afterwards, to a database renewed meanwhile.
    connections.close_all()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def _served(django_db_setup: None) -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(_served: Site, transactional_db: None, settle: Callable[[], int]) -> Iterator[Site]:
    """The running application with its worker; a fault in either fails the journey."""
    _served.take_faults()
    with working(_served, settle):
        yield _served
    faults = _served.take_faults()
    assert not faults, "\n".join(faults)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Ears on every page of this test."""
    watch = Watch()
    yield watch
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def open_browser(
    site: Site, browser: Browser, watch: Watch, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """`open_browser()`: a page of a browser that was never here before; takes Playwright's options."""
    contexts: list[BrowserContext] = []
    pages = request.node.stash.setdefault(PAGES, [])

    def opened(cookies: dict[str, str] | None = None, **options: Any) -> Page:
        given = {"locale": "en-GB", "viewport": {"width": 1280, "height": 800}, **options}
        context = browser.new_context(base_url=site.address, reduced_motion="reduce", **given)
        context.set_default_timeout(PATIENCE)
        context.add_cookies(
            [{"name": name, "value": value, "url": site.address} for name, value in (cookies or {}).items()]
        )
        contexts.append(context)
        pages.append(watch.over(context.new_page()))
        return pages[-1]

    expect.set_options(timeout=PATIENCE)
    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def visit(open_browser: Callable[..., Page], as_: Callable[..., Client]) -> Callable[..., Page]:
    """`visit(cast.rosa, "/customers/")`: a page of somebody who has signed in."""

    def visited(user: Any, address: str = "/customers/", **options: Any) -> Page:
        page = open_browser({"sessionid": as_(user).cookies["sessionid"].value}, **options)
        page.goto(address)
        return page

    return visited
