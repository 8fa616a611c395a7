"""The browser of the tests: which one, and how it is started."""

import shutil

from playwright.sync_api import Browser, Playwright

# The shell is the same browser without a window. A new visitor costs Chromium itself six times as much, for
# whom it draws tabs and an address bar that nobody sees.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
FRUGAL = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 60_000  # milliseconds: what is slow is not wrong; only what never comes takes so long


def launched(playwright: Playwright) -> Browser:
    """A browser that is running."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FRUGAL)
