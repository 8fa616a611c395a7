"""One question, asked everywhere: each way to see customers shows a role what the table says (PPL-4, ALL-3).

List, filter, search, count, export, 360° page, history, command palette, choices, bulk preview, the match of
an import, and the same through the API: of one's own, the team's, the territory's, others', archived and
missing ones. The answers are held against `people/provided_roles.py`, not against each other.
"""

from collections.abc import Callable

import pytest

from leadline.people.provided_roles import provided_grants
from tests.routes.planting import holder_of
from tests.routes.table import may
from tests.scope.asking import (
    BUDI,
    KOPI,
    Somebody,
    Told,
    all_in_use,
    by_program,
    each_by_program,
    exported,
    exported_by_program,
    ids_of,
    imported,
    on_a_list,
    on_a_page,
    one_by_one,
    previewed,
    previewed_by_program,
    taken_back,
)
from tests.scope.planting import plant, reached

Asks = dict[str, Callable[[Somebody], Told]]

IN_USE: Asks = {
    "list": on_a_list(),
    "list by last interaction": on_a_list(sort="-last_interaction_at"),
    "filter": on_a_list(where=KOPI),
    "search": on_a_list(q="kopi"),
    "search by a contact": on_a_list(q="budi"),
    "palette": on_a_page("palette", q="kopi"),
    "palette by a contact": on_a_page("palette", q="budi"),
    "choices": on_a_page("customers/options", q="kopi"),
    "API list": by_program("customers", count="exact"),
    "API filter": by_program("customers", where=KOPI),
    "API search": by_program("customers", q="kopi"),
}
ARCHIVED: Asks = {
    "list": on_a_list(archived="only"),
    "search": on_a_list(q="kopi", archived="only"),
    "API list": by_program("customers", archived="only"),
    "API search": by_program("customers", q="kopi", archived="only"),
}
BOTH: Asks = {
    "list": on_a_list(archived="all"),
    "360° page": one_by_one("customers/%d/"),
    "people": one_by_one("customers/%d/contacts"),
    "activities": one_by_one("customers/%d/activities"),
    "notes": one_by_one("customers/%d/notes"),
    "history": one_by_one("customers/%d/history"),
    "usage": one_by_one("customers/%d/usage"),
    "API list": by_program("customers", archived="all"),
    "API contacts": by_program("contacts", "contacts"),
    "API contacts by filter": by_program("contacts", "contacts", where=BUDI),
    "API notes": by_program("notes", "notes"),
    "API activities": by_program("activities", "calls"),
    "API customer": each_by_program("customers/%d"),
    "API contact": each_by_program("contacts/%d", "contacts"),
    "API note": each_by_program("notes/%d", "notes"),
    "API activity": each_by_program("activities/%d", "calls"),
    "API timeline": each_by_program("customers/%d/timeline"),
    "API history": each_by_program("customers/%d/history"),
}
OF_A_FILE: Asks = {
    "page": exported,
    "API": exported_by_program(all_in_use),
}
OF_A_FILE_BY_IDS: Asks = {"API": exported_by_program(ids_of)}
OF_MANY: Asks = {
    "page": previewed,
    "API": previewed_by_program(all_in_use),
    "API, by their ids": previewed_by_program(ids_of),
}
OF_AN_IMPORT: Asks = {"update": imported("update")}
OF_AN_IMPORT_THAT_SKIPS: Asks = {"skip": imported("skip")}


@pytest.fixture
def somebody(cast, make, settle, settings, tmp_path) -> Callable[[str], Somebody]:
    """`somebody("auditor")`: a holder of the role, with customers of all kinds around."""
    settings.LEADLINE_DATA = tmp_path

    def made(role: str) -> Somebody:
        user = holder_of(role, cast)
        planted = plant(make, cast, user)
        settle()
        return Somebody(user, planted)

    return made


def told_of(asks: Asks, who: Somebody) -> dict[str, tuple[set[str], int]]:
    """Way → what it told; where it does not count, as many as it showed."""
    told = taken_back(asks.items(), who)
    return {
        name: (each.seen, len(each.seen) if each.count is None else each.count) for name, each in told.items()
    }


def each_tells(asks: Asks, seen: set[str]) -> dict[str, tuple[set[str], int]]:
    """What all of them must tell."""
    return dict.fromkeys(asks, (seen, len(seen)))


@pytest.mark.parametrize("role", provided_grants())
def test_whoever_is_asked_tells_what_the_role_sees(somebody, role):
    who = somebody(role)
    in_use, archived = reached(role), reached(role, archived=True)

    assert told_of(IN_USE, who) == each_tells(IN_USE, in_use)
    assert told_of(ARCHIVED, who) == each_tells(ARCHIVED, archived)
    assert told_of(BOTH, who) == each_tells(BOTH, in_use | archived)


@pytest.mark.parametrize("role", [role for role in provided_grants() if may(role, "customer", "export")])
def test_a_file_holds_what_the_role_takes_out(somebody, role):
    who = somebody(role)
    in_use, archived = reached(role, "export"), reached(role, "export", archived=True)

    assert told_of(OF_A_FILE, who) == each_tells(OF_A_FILE, in_use)
    assert told_of(OF_A_FILE_BY_IDS, who) == each_tells(OF_A_FILE_BY_IDS, in_use | archived)


@pytest.mark.parametrize("role", [role for role in provided_grants() if may(role, "customer", "edit")])
def test_a_change_of_many_foresees_what_the_role_changes(somebody, role):
    many = len(reached(role, "edit"))

    assert told_of(OF_MANY, somebody(role)) == dict.fromkeys(OF_MANY, (set(), many))


@pytest.mark.parametrize("role", [role for role in provided_grants() if may(role, "customer", "import")])
def test_a_file_matches_what_the_role_changes_and_tells_of_nobody_else(somebody, role):
    who = somebody(role)

    assert told_of(OF_AN_IMPORT, who) == each_tells(OF_AN_IMPORT, reached(role, "edit"))
    assert told_of(OF_AN_IMPORT_THAT_SKIPS, who) == each_tells(OF_AN_IMPORT_THAT_SKIPS, set())
