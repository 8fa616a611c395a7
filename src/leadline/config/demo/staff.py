"""Who works in the demo company: a tree of teams by country, and people of every role."""

from dataclasses import dataclass

from leadline.config.demo.imagining import Imagination
from leadline.core.actions import Actor
from leadline.people.actions import add_team, add_user, change_team
from leadline.people.models import Team, User

PASSWORD = "leadline-demo"  # noqa: S105 - told to whoever makes demo data
DOMAIN = "demo.example"

# E-mail before the @, name, role.
OFFICE = (
    ("administrator", "Ada Santoso", "administrator"),
    ("lead-manager", "Lena Hutapea", "lead-manager"),
    ("marketing-manager", "Marco Zanetti", "marketing-manager"),
    ("support-rep", "Sam Whitaker", "support-rep"),
    ("finance", "Fina Rousseau", "finance"),
    ("compliance-officer", "Chidi Nwosu", "compliance-officer"),
    ("product", "Prue Tan", "product"),
    ("auditor", "Aud Lindqvist", "auditor"),
)
# Team: the countries whose customers it looks after, its manager, its sellers (name, role). The first is also
# who signs in by the name of the role.
TEAMS = {
    "Nusantara": (
        ("ID", "MY", "VN"),
        ("sales-manager", "Mira Kusuma"),
        (
            ("inside-sales", "Rosa Lubis"),
            ("account-manager", "Agus Wijaya"),
            ("customer-success", "Wei Ling Goh"),
            ("field-sales", "Putu Mahendra"),
        ),
    ),
    "Asia": (
        ("JP", "IN"),
        ("manager.asia", "Haruto Mori"),
        (("inside-sales", "Ananya Iyer"), ("account-manager", "陽子 清水"), ("inside-sales", "Imran Khan")),
    ),
    "Africa": (
        ("NG", "KE"),
        ("manager.africa", "Ngozi Adeyemi"),
        (("field-sales", "Tunde Balogun"), ("inside-sales", "Wanjiku Kimani")),
    ),
    "Europe": (
        ("DE", "GB", "FR", "TR", "PL"),
        ("manager.europe", "Jürgen Voß"),
        (
            ("inside-sales", "Käthe Schröder"),
            ("inside-sales", "Élise Béranger"),
            ("account-manager", "Paweł Wójcik"),
            ("customer-success", "Şule Öztürk"),
        ),
    ),
    "Americas": (
        ("US", "BR", "MX"),
        ("manager.americas", "DeShawn Carter"),
        (
            ("inside-sales", "Beatriz Conceição"),
            ("field-sales", "Ximena Núñez"),
            ("inside-sales", "Grace O'Neill"),
        ),
    ),
}


@dataclass(frozen=True)
class Staff:
    """The people of the demo company: sellers by the code of the country they look after."""

    administrator: User
    sellers: dict[str, list[User]]
    teams: dict[str, Team]

    @property
    def everybody_selling(self) -> list[User]:
        """All sellers, each once."""
        return list({seller.pk: seller for sellers in self.sellers.values() for seller in sellers}.values())


def hire(by: Actor) -> Staff:
    """Add the office, the teams with their managers, and the sellers; all sign in by the same password."""
    office = {mailbox: _add(mailbox, name, role, None, by) for mailbox, name, role in OFFICE}
    sales = add_team(name="Sales", by=by)
    head = _add("head-of-sales", "Sari Tanjung", "sales-manager", sales, by)
    change_team(sales, name=sales.name, parent=None, manager=head, by=by)
    sellers: dict[str, list[User]] = {}
    teams: dict[str, Team] = {}
    taken: set[str] = set()
    for name, (countries, (mailbox, manager_name), members) in TEAMS.items():
        team = add_team(name=name, parent=sales, by=by)
        manager = _add(mailbox, manager_name, "sales-manager", team, by)
        change_team(team, name=name, parent=sales, manager=manager, by=by)
        hired = [_add(_mailbox(each, role, taken), each, role, team, by) for role, each in members]
        sellers |= dict.fromkeys(countries, hired)
        teams |= dict.fromkeys(countries, team)
    return Staff(office["administrator"], sellers, teams)


def owner_of(staff: Staff, country: str, imagination: Imagination) -> User:
    """Who looks after a new customer: one of the sellers of its country."""
    return imagination.random.choice(staff.sellers[country])


def _mailbox(name: str, role: str, taken: set[str]) -> str:
    """The first seller of each role signs in by the role's name, the others by a number behind it."""
    number = next(at for at in range(1, 1000) if (role if at == 1 else f"{role}-{at}") not in taken)
    mailbox = role if number == 1 else f"{role}-{number}"
    taken.add(mailbox)
    return mailbox


def _add(mailbox: str, name: str, role: str, team: Team | None, by: Actor) -> User:
    return add_user(email=f"{mailbox}@{DOMAIN}", name=name, roles=[role], password=PASSWORD, team=team, by=by)
