"""What every test of the house stands on; see tests/database.py for the database."""

from hypothesis import HealthCheck, settings

from scripts import messages

pytest_plugins = (
    "tests.pace",
    "tests.database",
    "tests.cast",
    "tests.receiver",
    "tests.mailbox",
    "tests.imap",
)

# How fast a machine is says nothing about what is right: no example is refused for its time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

# Whoever runs tests without `make` has the translations too.
for language in messages.LANGUAGES:
    messages.compiled(language)
