"""The machine is lost: what was backed up in the browser is there again on an empty one (INT-7)."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from leadline.config.demo.staff import PASSWORD
from leadline.core.postgres import Server
from tests.browsing import PATIENCE, launched
from tests.operation.running import leadline, serving, told

PASSPHRASE = {"LEADLINE_BACKUP_PASSPHRASE": "twenty fathoms of lead line"}


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A browser for the two machines."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.mark.browser
def test_backed_up_in_the_browser_and_restored_on_an_empty_machine(
    idle: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("LEADLINE_BACKUP_PASSPHRASE", PASSPHRASE["LEADLINE_BACKUP_PASSPHRASE"])
    with serving() as (_supervisor, port):
        page = signed_in(browser, port)
        page.goto(f"http://localhost:{port}/customers/")
        customer = page.locator("tbody tr a").first.inner_text()
        page.goto(f"http://localhost:{port}/operation")
        expect(page.get_by_role("heading", level=1)).to_have_text("Operation")
        page.get_by_role("button", name="Back up now").click()
        expect(page.locator("#job .pill")).to_have_text("Done", timeout=PATIENCE)
    (archive,) = (idle / "backups").glob("*.leadline")
    mailed = shutil.move(archive, idle.with_name(f"{idle.name}.leadline"))
    Server(idle).stop()
    for part in idle.iterdir():
        shutil.rmtree(part) if part.is_dir() else part.unlink()

    done = told(leadline("restore", str(mailed), "--json"))
    Path(mailed).unlink()

    assert done["former"] is None
    with serving() as (_supervisor, port):
        page = signed_in(browser, port)
        page.goto(f"http://localhost:{port}/customers/")
        expect(page.locator("tbody")).to_contain_text(customer)


def signed_in(browser: Browser, port: int) -> Page:
    """A page in which the administrator of the small company has signed in."""
    page = browser.new_page()
    page.goto(f"http://localhost:{port}/sign-in")
    page.get_by_label("E-mail").fill("administrator@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/customers/**", timeout=PATIENCE)
    return page
