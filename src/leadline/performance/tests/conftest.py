"""Programs with a token, for the tests of targets."""

from leadline.api.tests.conftest import program

__all__ = ["program"]
