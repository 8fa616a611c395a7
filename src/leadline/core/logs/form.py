"""For whom the log is written; asked by processes that stay small, so nothing big is loaded here."""

import importlib
import logging
import os
import sys


def wants_json() -> bool:
    """Whether lines are for programs: LEADLINE_LOG says `json` or `text`; else, unless it is a terminal."""
    chosen = os.environ.get("LEADLINE_LOG", "").lower()
    return chosen == "json" if chosen in ("json", "text") else not sys.stderr.isatty()


def tell_supervision() -> None:
    """Set up the log of a process without the framework: its few lines stand plainly at a terminal."""
    if wants_json():
        importlib.import_module("leadline.core.logs.lines").configure()
    else:
        logging.basicConfig(level=logging.INFO, format="%(message)s")
