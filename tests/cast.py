"""The people of the tests, always the same, and ways to give them something to do.

North: Mira manages it, Rosa sells there. South: Otto sells there; nobody manages it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import hashers
from django.core.cache import cache as django_cache
from django.db import transaction
from django.test import Client

from leadline.core.kept import forget_all

PASSWORD = "a lead line of 20 fathoms"
FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Key in the cast: name, role, team, and who it is.
PEOPLE = {
    "rosa": ("Rosa Ibarra", "inside-sales", "North"),  # sells to the customers that are handed to her
    "mira": ("Mira Okafor", "sales-manager", "North"),  # manages North, and so Rosa
    "otto": ("Otto Brandt", "inside-sales", "South"),  # sells in another team
    "lena": ("Lena Sari", "lead-manager", None),  # sees everybody and assigns
    "sam": ("Sam Whitfield", "support-rep", None),  # sees all customers, logs, changes none
    "fina": ("Fina Rossi", "finance", None),  # sees all customers, exports and blocks
    "aud": ("Aud Lindqvist", "auditor", None),  # reads everything, changes nothing
    "prue": ("Prue Tan", "product", None),  # works here, sees no customers
    "ada": ("Ada Santoso", "administrator", None),  # may everything
}
_numbers = count(1)


@pytest.fixture(scope="session", autouse=True)
def passwords_hash_fast() -> Iterator[None]:
    """Argon2 is slow on purpose; the tests have nothing to hide."""
    kept = django_settings.PASSWORD_HASHERS
    django_settings.PASSWORD_HASHERS = FAST
    hashers.get_hashers.cache_clear()
    yield
    django_settings.PASSWORD_HASHERS = kept
    hashers.get_hashers.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def files_of_tests_go_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Results of jobs and attachments stay out of the installation's own data."""
    kept = django_settings.LEADLINE_DATA
    django_settings.LEADLINE_DATA = tmp_path_factory.mktemp("data")
    yield
    django_settings.LEADLINE_DATA = kept


@pytest.fixture(autouse=True)
def nothing_is_cached() -> Iterator[None]:
    """What one test kept in the cache (organisation, guesses) is not known to the next."""
    _forget_all()
    yield
    _forget_all()


def _forget_all() -> None:
    django_cache.clear()
    forget_all()


@pytest.fixture(autouse=True)
def no_custom_fields() -> None:
    """The fields that one test made are not known to the next."""
    from leadline.core.custom.joining import forget_fields

    forget_fields(none=True)


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """Everybody of PEOPLE by key, the house, the teams `north` and `south`, all set up."""
    return everybody_here()


@contextmanager
def kept_for_many(django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """The cast, for a fixture of a whole module; what such a fixture adds goes with it.

    For many short tests, of which planting would be the longest part. Each takes back by `undone` what it
    did, and no test of that module asks for `db` or `cast`.
    """
    with django_db_blocker.unblock(), undone():
        yield everybody_here()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done to the database here is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everybody_here() -> SimpleNamespace:
    """The cast, for whoever keeps it for more than one test."""
    from leadline.core.clock import now
    from leadline.core.organisation import Organisation, forget_organisation
    from leadline.people.models import Role, Team, User

    # Nearly every test begins here: few statements.
    ours = {"name": "Plumb & Sons", "country": "ID", "currency": "IDR", "set_up_at": now()}
    Organisation.objects.bulk_create(
        [Organisation(pk=1, **ours)], update_conflicts=True, unique_fields=["id"], update_fields=list(ours)
    )
    forget_organisation()
    both = Team.objects.bulk_create(Team(name=name) for name in ("North", "South"))
    teams = {team.name: team for team in both}
    users = User.objects.bulk_create(
        User(email=f"{key}@example.com", name=name, team=teams.get(team), password=_hashed())
        for key, (name, _role, team) in PEOPLE.items()
    )
    everybody = dict(zip(PEOPLE, users, strict=True))
    roles = dict(Role.objects.values_list("key", "id"))
    holding = User.roles.through
    holding.objects.bulk_create(
        holding(user_id=everybody[key].pk, role_id=roles[role])
        for key, (_name, role, _team) in PEOPLE.items()
    )
    teams["North"].manager = everybody["mira"]
    teams["North"].save()
    house = User.objects.house()
    return SimpleNamespace(
        **everybody, house=house, north=teams["North"], south=teams["South"], password=PASSWORD
    )


@pytest.fixture
def by() -> Callable[..., Any]:
    """`by(cast.rosa)`: an actor, through the door `via`."""
    from leadline.core.actions import Actor

    return lambda user, via="web", **more: Actor(user, via=via, **more)


@pytest.fixture
def as_(db: None) -> Callable[..., Client]:
    """`as_(cast.rosa)`: a browser in which somebody has signed in; `htmx=True` asks for parts."""

    from leadline.people.signing.entering import session_cookie

    def signed_in(user: Any, *, htmx: bool = False) -> Client:
        client = Client(headers={"HX-Request": "true"} if htmx else {})
        client.cookies[django_settings.SESSION_COOKIE_NAME] = session_cookie(user)
        return client

    return signed_in


@pytest.fixture
def settle(db: None) -> Callable[[], int]:
    """`settle()`: run all that waits in the queue, as the worker would; returns how many pieces of work."""
    from leadline.core.jobs import run_waiting_jobs

    return run_waiting_jobs


class Make:
    """Makes records through the actions, in the name of the administrator."""

    def __init__(self, people: SimpleNamespace):
        from leadline.core.actions import Actor

        self.by = Actor(people.ada)

    def customer(self, owner: Any = None, **fields: Any) -> Any:
        """A customer of somebody, with a name and an e-mail of its own where none is given."""
        from leadline.customers import actions

        number = next(_numbers)
        given = {"name": f"Customer {number}", "email": f"customer{number}@example.com", **fields}
        return actions.add_customer(**given, owner=owner, by=self.by)

    def lead(self, owner: Any = None, **fields: Any) -> Any:
        """A lead of somebody, with a name and an e-mail of its own where none is given."""
        from leadline.leads import actions

        number = next(_numbers)
        given = {"name": f"Lead {number}", "email": f"lead{number}@example.com", **fields}
        return actions.add_lead(**given, owner=owner, by=self.by)

    def contact(self, customer: Any, **fields: Any) -> Any:
        """A contact of a customer."""
        from leadline.customers import actions

        number = next(_numbers)
        given = {"name": f"Contact {number}", "email": f"contact{number}@example.com", **fields}
        return actions.add_contact(customer, **given, by=self.by)

    def note(
        self, customer: Any, body: str = "Prefers calls in the morning.", *, author: Any = None, **fields: Any
    ) -> Any:
        """A note on a customer's page, by the administrator or the author given."""
        from leadline.core.actions import Actor
        from leadline.customers import actions

        return actions.write_note(customer, body=body, **fields, by=Actor(author) if author else self.by)

    def activity(self, customer: Any, *, days_ago: float = 0, author: Any = None, **fields: Any) -> Any:
        """An activity on a customer's timeline, a call by default."""
        from leadline.core.actions import Actor
        from leadline.core.clock import now
        from leadline.customers import actions

        given = {
            "kind": "call",
            "title": "Talked about the offer",
            "at": now() - timedelta(days=days_ago),
            **fields,
        }
        return actions.log_activity(customer, **given, by=Actor(author) if author else self.by)


@pytest.fixture
def make(cast: SimpleNamespace) -> Make:
    """`make.customer(cast.rosa)`, `make.contact(customer)`, `make.note(…)`, `make.activity(…)`."""
    return Make(cast)


@cache
def _hashed() -> str:
    return hashers.make_password(PASSWORD)
