"""How records are spread: each has one owner, shares are even, nothing is left over (SIG-5)."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.handovers.spreading import Candidate, Facts, Spreading, Why

OVERFLOW = 999
ON_A_BUSY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
PEOPLE = st.lists(st.integers(1, 50), min_size=1, max_size=8, unique=True)
RECORDS = st.integers(0, 200)


def spread(way, candidates, records):
    """Owner and reason of each record."""
    spreading = Spreading.of(way, candidates, overflow=OVERFLOW)
    return {record.id: spreading.share_of(record) for record in records}


@ON_A_BUSY_MACHINE
@given(PEOPLE, RECORDS)
def test_equal_shares_differ_by_one_at_most(people, count):
    """PPL-1: each record gets exactly one owner of the team; nobody gets two more than another."""
    shares = spread("even", [Candidate(key) for key in people], [Facts(n) for n in range(count)])

    owners = Counter(share.owner_id for share in shares.values())
    numbers = [owners[key] for key in people]
    assert sum(numbers) == len(shares) == count
    assert max(numbers) - min(numbers) <= 1


@ON_A_BUSY_MACHINE
@given(st.dictionaries(st.integers(1, 50), st.integers(0, 40), min_size=1, max_size=8), RECORDS)
def test_who_has_least_gets_the_next(loads, count):
    """SIG-5: afterwards nobody who got one has more than one above anybody else."""
    shares = spread(
        "load", [Candidate(k, load=n) for k, n in loads.items()], [Facts(n) for n in range(count)]
    )

    got = Counter(share.owner_id for share in shares.values())
    after = {key: loads[key] + got[key] for key in loads}
    assert sum(got.values()) == count
    assert all(after[key] <= min(after.values()) + 1 for key in got)


@ON_A_BUSY_MACHINE
@given(PEOPLE, st.integers(0, 5), RECORDS)
def test_nobody_gets_beyond_the_capacity_and_nothing_is_left(people, capacity, count):
    """SIG-5: what nobody has room for goes to the overflow owner, with that reason."""
    candidates = [Candidate(key, capacity=capacity) for key in people]
    shares = spread("load", candidates, [Facts(n) for n in range(count)])

    got = Counter(share.owner_id for share in shares.values())
    rest = max(0, count - capacity * len(people))
    assert all(got[key] <= capacity for key in people)
    assert got[OVERFLOW] == rest
    assert all((share.why == Why.OVERFLOW) == (share.owner_id == OVERFLOW) for share in shares.values())


def test_by_territory_then_by_load_else_overflow():
    """PPL-3: members of the territory, of those who has least; where nobody works, the overflow owner."""
    ann, bob = Candidate(1, load=5, territories=frozenset({7})), Candidate(2, territories=frozenset({7, 8}))
    records = [Facts(1, territory_id=7), Facts(2, territory_id=8), Facts(3, territory_id=9), Facts(4)]

    shares = spread("territory", [ann, bob], records)

    assert [shares[n] for n in (1, 2)] == [(2, "territory"), (2, "territory")]
    assert [shares[n] for n in (3, 4)] == [(OVERFLOW, "overflow")] * 2


def test_by_language():
    """PPL-1: who speaks it; an unknown language fits nobody."""
    ann = Candidate(1, languages=frozenset({"id"}))

    shares = spread("language", [ann, Candidate(2)], [Facts(1, language="id"), Facts(2)])

    assert (shares[1], shares[2]) == ((1, "language"), (OVERFLOW, "overflow"))


def test_by_skills_then_by_load_else_overflow():
    """SIG-10: who knows language and industry before who knows one of them; who knows neither, nothing."""
    speaks, both = frozenset({"indonesian"}), frozenset({"indonesian", "fishing"})
    people = [
        Candidate(1, skills=speaks),
        Candidate(2, skills=both, load=9),
        Candidate(3, skills=speaks, load=1),
        Candidate(4),
    ]
    language, industry = frozenset({"indonesian", "bahasa"}), frozenset({"fishing"})

    shares = spread(
        "skills",
        people,
        [
            Facts(1, skills=(language, industry)),
            Facts(2, skills=(language,)),
            Facts(3, skills=(frozenset({"mining"}),)),
            Facts(4),
        ],
    )

    assert [share.owner_id for share in shares.values()] == [2, 1, OVERFLOW, OVERFLOW]
    assert shares[1].why == Why.SKILLS
    assert shares[3].why == Why.OVERFLOW


def test_all_to_one():
    """PPL-1: as chosen."""
    assert spread("one", [], [Facts(1)]) == {1: (OVERFLOW, "chosen")}
