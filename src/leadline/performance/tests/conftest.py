"""Programs with a token and events of the platform, for the tests of targets."""

from leadline.api.tests.conftest import program
from leadline.platform.tests.conftest import told

__all__ = ["program", "told"]
