"""Programs with a token, for the tests of figures."""

from leadline.api.tests.conftest import program

__all__ = ["program"]
