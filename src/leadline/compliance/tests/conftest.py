"""Programs with a token, for the tests of compliance."""

from leadline.api.tests.conftest import program

__all__ = ["program"]
