"""The settings of the next release: as now, with one app more."""

from leadline.config.settings import *  # noqa: F403
from leadline.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.operation.breaking"]
