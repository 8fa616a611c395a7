"""Every address and every operation, as every role and as a stranger, answers what the table says (PPL-4)."""

import re

import pytest

from leadline.people.models import Role, User
from leadline.people.provided_roles import provided_grants
from tests.routes.addresses import (
    MISSING,
    NAMED_BY,
    NO_RECORDS,
    OF_A_CUSTOMER,
    WHOSE,
    Asked,
    every_operation,
    every_page,
)
from tests.routes.planting import Records, mark
from tests.routes.table import NO, NOT_THERE, REACHED, SOMEBODYS, YES, Line, lines, scope, verdict
from tests.routes.walking import Answer, Walker

EVERYTHING = (*every_page(), *every_operation())
ADD_A_LINE = (
    "Add to a file of tests/routes/tables, saying what it asks for and answers then (200 is a guess):"
)
MAY_ALL = "administrator"
# Roles of which another one before may just the same.
SAME_AS_BEFORE = [
    role
    for at, (role, grants) in enumerate(provided_grants().items())
    if grants in list(provided_grants().values())[:at]
]
STRANGERS = ("nobody", "a wrong token", "somebody deactivated")


def line_of(asked: Asked) -> Line:
    return lines()[asked.method, asked.route]


def keys_of(asked: Asked, records: Records, role: str) -> dict[str, object]:
    """Whose → key for one address: all whose answers could differ.

    What is not there is asked for by whoever would see it if it were.
    """
    if not asked.names:
        return {"any": None}
    keys = records.of(asked.names)
    if asked.names in OF_A_CUSTOMER:
        keys = {whose: keys[whose] for whose in told_apart(asked, role)}
    sees_all = asked.names in OF_A_CUSTOMER and asked.method == "GET" and sees(role, "others'")
    missing = (role == MAY_ALL or sees_all) and asked.names not in NO_RECORDS
    return {**keys, "nobody's": MISSING} if missing else keys


def told_apart(asked: Asked, role: str) -> list[str]:
    """Of whose customers an answer could differ, by the scopes of the role that the line asks for.

    Where all are seen and allowed, somebody else's stands for all; who sees none, not even an own. Where two
    roles are the same in the table, the second is asked for its own alone.
    """
    kind, verb = line_of(asked).asks.split()
    scopes = {scope(role, "customer", "view"), scope(role, kind, verb)}
    if scopes == {"all"}:
        return ["others'"]
    if role in SAME_AS_BEFORE or not sees(role, "own"):
        return ["own"]
    if asked.method == "GET" and asked.names == "customer":
        return list(WHOSE)
    between = [f"{each}'s" for each in ("territory", "team") if each in scopes]
    return ["own", *between, "others'"]


def filled(line: Line, user: User, records: Records) -> dict[str, str]:
    """What the line sends, with the placeholders filled in."""
    known = {
        "{me}": str(user.pk),
        "{own}": str(records.of("customer")["own"]),
        "{north}": str(user.team_id),
    }
    return {name: known.get(value, value) for name, value in line.sends.items()}


def wrong(asked: Asked, line: Line, role: str, whose: str, answer: Answer) -> str:
    """What an answer should have been; empty where it is right."""
    wanted = verdict(line, role, whose, of_a_customer=asked.names in OF_A_CUSTOMER)
    of_records = asked.names in OF_A_CUSTOMER or line.asks in SOMEBODYS
    if whose == "nobody's" and (wanted == YES or of_records):
        wanted = NOT_THERE
    statuses = {YES: line.answers, NO: line.refuses, NOT_THERE: {404}}[wanted]
    leaks = [other for other in WHOSE if mark(other).encode() in answer.body and not sees(role, other)]
    told = f"{asked.method} {asked.route} ({whose})"
    if leaks:
        return f"{told} shows what belongs to {leaks}"
    if answer.status not in statuses:
        return f"{told} answers {answer.status}, the table says {wanted}: {sorted(statuses)}"
    return ""


def sees(role: str, whose: str) -> bool:
    return whose in REACHED[scope(role, "customer", "view")]


def test_every_address_has_its_line():
    """New ones are found by themselves; each needs a line, and each line an address."""
    missing = [asked for asked in EVERYTHING if (asked.method, asked.route) not in lines()]
    gone = set(lines()) - {(asked.method, asked.route) for asked in EVERYTHING}
    unknown = sorted({asked.names for asked in EVERYTHING if asked.names.startswith("?")})

    proposed = [f"{each.method:5} {each.route:48} | signed in       | 200" for each in missing]
    assert not missing, "\n".join([ADD_A_LINE, *proposed])
    assert not gone, f"Take out of tests/routes/tables: {sorted(gone)}"
    assert not unknown, (
        f"Add to NAMED_BY in tests/routes/addresses.py, and plant one in planting.py: {unknown}"
    )


def test_every_kind_of_record_is_planted(as_role):
    _user, records = as_role("administrator")

    assert set(NAMED_BY.values()) == set(records.keys)


@pytest.mark.parametrize("role", provided_grants())
def test_each_answers_a_role_what_the_table_says(as_role, role):
    user, records = as_role(role)
    walker = Walker(user)

    faults = [
        fault
        for asked in EVERYTHING
        for whose, key in keys_of(asked, records, role).items()
        if (line := line_of(asked))
        and (fault := wrong(asked, line, role, whose, walker.ask(asked, key, filled(line, user, records))))
    ]

    assert not faults, f"{len(faults)} answers to {role} are not what tests/routes/tables say:\n" + "\n".join(
        faults
    )


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_gets_nowhere(as_role, who):
    user, records = as_role("administrator")
    walker = (
        Walker(token="ll_wrong")
        if who == "a wrong token"
        else Walker(user if who.startswith("some") else None)
    )
    User.objects.filter(pk=user.pk).update(is_active=False)
    walked = [(asked, records.of(asked.names) if asked.names else {"any": None}) for asked in EVERYTHING]

    answers = [(asked, walker.ask(asked, next(iter(keys.values())), {})) for asked, keys in walked]

    assert [
        f"{asked.method} {asked.route} answers {answer.status} {answer.leads_to}"
        for asked, answer in answers
        if not is_shut(asked, answer) or any(mark(whose).encode() in answer.body for whose in WHOSE)
    ] == []


def is_shut(asked: Asked, answer: Answer) -> bool:
    """Whether a stranger was let no further than the table says."""
    if line_of(asked).asks == "anybody":
        return answer.status < 500
    return answer.status == 401 if asked.by_program else answer.leads_to.startswith("/sign-in")


def test_what_is_out_of_scope_is_told_like_what_is_not_there(as_role):
    """ALL-3: the same words, so that nobody learns which of both it is."""
    user, records = as_role("inside-sales")
    walker = Walker(user)
    by_kind = {"person": ("contact", MISSING), "subject": ("customer", MISSING)}
    by_kind["assigned"] = ("lead", MISSING)

    for asked in EVERYTHING:
        if asked.names in OF_A_CUSTOMER:
            missing = by_kind.get(asked.names, MISSING)
            there = walker.ask(asked, records.of(asked.names)["others'"], {})
            not_there = walker.ask(asked, missing, {})
            assert there.status == not_there.status == 404, asked
            assert _without_keys(there.body) == _without_keys(not_there.body), asked


def _without_keys(body: bytes) -> bytes:
    """What is the same whatever was asked for: without keys in addresses, and tokens made anew each time."""
    return re.sub(rb"\d+|[\w-]{32,}", b"", body)


def test_the_walk_bites(as_role):
    """More than the table says is found out, and so is a text that should not be there."""
    user, records = as_role("inside-sales")
    user.roles.set([Role.objects.get(key="administrator")])
    walker = Walker(User.objects.get(pk=user.pk))
    page = Asked("GET", "customers/<int:pk>/")

    answer = walker.ask(page, records.of("customer")["others'"], {})
    assert "shows what belongs to" in wrong(page, line_of(page), "inside-sales", "others'", answer)
    assert "answers 200" in wrong(page, line_of(page), "product", "own", Answer(200, b"", ""))
