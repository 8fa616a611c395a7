"""People and files of the import tests."""

import pytest

from leadline.core.actions import Actor
from leadline.core.jobs import run_waiting_jobs
from leadline.customers.actions import add_customer
from leadline.imports import actions
from leadline.imports.files import keep
from leadline.people.actions import add_user
from leadline.people.models import User


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.LEADLINE_DATA = tmp_path / "data"


@pytest.fixture
def house(db):
    return Actor(User.objects.house(), via="cli")


@pytest.fixture
def person(house):
    def person(role, name="ana"):
        return add_user(
            email=f"{name}@leadline.example",
            name=name.title(),
            roles=[role],
            password="long-enough-sentence-7",
            by=house,
        )

    return person


@pytest.fixture
def ada(person):
    """The administrator."""
    return Actor(person("administrator", "ada"))


@pytest.fixture
def customer(ada):
    """`customer("Acme", "info@acme.example")`."""

    def customer(name, email, by=ada, **fields):
        return add_customer(name=name, email=email, by=by, **fields)

    return customer


@pytest.fixture
def bring(ada):
    def bring(content, kind="customers", name="list.csv", by=ada):
        content = content.encode() if isinstance(content, str) else content
        return actions.bring(kind, keep([content], name), by=by)

    return bring


@pytest.fixture
def run(ada):
    def run(brought, by=ada):
        actions.start_import(brought, by=by)
        run_waiting_jobs()
        brought.refresh_from_db()
        assert brought.job.state == "done", brought.job.message
        return brought

    return run
