"""What every test of the house stands on; see tests/database.py for the database."""

pytest_plugins = ("tests.database", "tests.cast")
