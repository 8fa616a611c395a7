"""What every test of the house stands on; see tests/database.py for the database."""

from scripts import messages

pytest_plugins = ("tests.database", "tests.cast", "tests.receiver", "tests.mailbox")

# Whoever runs tests without `make` has the translations too.
for language in messages.LANGUAGES:
    messages.compiled(language)
