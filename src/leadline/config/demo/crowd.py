"""The many sellers of a large demo company, by set: a team of ten for each five thousand customers."""

from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from leadline.config.demo.imagining import Imagination
from leadline.config.demo.staff import DOMAIN, PASSWORD, Staff
from leadline.config.demo.world import Country
from leadline.core.clock import now
from leadline.core.sets import copy_rows, fresh_ids
from leadline.people.models import Role, Team, User

CUSTOMERS_EACH = 500
TEAM_OF = 10


@dataclass
class Crowd:
    """Sellers with their teams, by the country they look after."""

    by_country: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def seller(self, country: str, imagination: Imagination) -> tuple[int, int]:
        """Owner and team for a customer there."""
        sellers = self.by_country[country]
        return sellers[int(imagination.random.random() * len(sellers))]


def hire_crowd(customers: int, imagination: Imagination, staff: Staff) -> Crowd:
    """Add teams below those of the staff, each with a manager, and their sellers; the staff sells too."""
    crowd = Crowd(
        {
            code: [(seller.pk, seller.team_id or 0) for seller in sellers]
            for code, sellers in staff.sellers.items()
        }
    )
    wanted = max(0, customers // CUSTOMERS_EACH // TEAM_OF)
    countries = [imagination.countries[at % len(imagination.countries)] for at in range(wanted)]
    team_ids = fresh_ids(Team, wanted)
    people = _people(countries, team_ids, imagination)
    _write_people(people)
    managers = [person[0] for person in people if person[4]]
    parents = [staff.teams[country.code].pk for country in countries]
    names = [f"{country.places[0].city} {at + 1}" for at, country in enumerate(countries)]
    copy_rows(
        Team,
        ["id", "name", "parent_id", "manager_id"],
        list(zip(team_ids, names, parents, managers, strict=True)),
    )
    _let_join(people)
    for pk, _name, team, code, _manages in people:
        crowd.by_country[code].append((pk, team))
    return crowd


Person = tuple[int, str, int, str, bool]  # id, name, team, country, whether it manages


def _people(countries: list[Country], team_ids: list[int], imagination: Imagination) -> list[Person]:
    ids = iter(fresh_ids(User, len(countries) * TEAM_OF))
    return [
        (next(ids), imagination.person(country, DOMAIN).name, team, country.code, place == 0)
        for country, team in zip(countries, team_ids, strict=True)
        for place in range(TEAM_OF)
    ]


def _write_people(people: list[Person]) -> None:
    password, moment = make_password(PASSWORD), now()
    columns = ["id", "password", "email", "name", "phone", "language", "time_zone", "is_active", "is_system"]
    rows = [
        [
            pk,
            password,
            f"{'manager' if manages else 'seller'}{pk}@{DOMAIN}",
            name,
            "",
            "",
            "",
            True,
            False,
            0,
            moment,
        ]
        for pk, name, _team, _code, manages in people
    ]
    copy_rows(User, [*columns, "session_epoch", "created_at"], rows)


def _let_join(people: list[Person]) -> None:
    """People and teams name each other, so people join their teams once both are there."""
    roles = dict(Role.objects.values_list("key", "pk"))
    for team in {team for _pk, _name, team, _code, _manages in people}:
        User.objects.filter(pk__in=[person[0] for person in people if person[2] == team]).update(team_id=team)
    held = [(pk, roles["sales-manager" if manages else "inside-sales"]) for pk, _n, _t, _c, manages in people]
    copy_rows(User.roles.through, ["user_id", "role_id"], held)
