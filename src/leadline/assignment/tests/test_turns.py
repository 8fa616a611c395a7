"""Turns: fair for whoever is there, at any time, whoever comes and goes (LEA-7, SIG-5)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.assignment.turns import UNIT, Able, Turns

PEOPLE = range(1, 9)
WEIGHTS = dict.fromkeys(PEOPLE, 100)
EVERYBODY = (1 << len(PEOPLE)) - 1


@given(present=st.lists(st.integers(1, EVERYBODY), max_size=200))
def test_nobody_is_ever_owed_more_than_a_few_turns(present):
    """Whoever is there at each record, whatever came before: what is owed stays small."""
    turns = Turns()
    for there in present:
        able = [key for key in PEOPLE if there >> (key - 1) & 1]
        turns.next_of(Able.of(able, WEIGHTS))
        assert sum(turns.owed.values()) == 0
        assert all(abs(owed) < 4 * UNIT for owed in turns.owed.values())


@given(weights=st.dictionaries(st.sampled_from(list(PEOPLE)), st.integers(1, 200), min_size=1))
def test_shares_go_by_weight(weights):
    """Of a thousand records each gets the share of the weight, give or take two turns."""
    turns, able = Turns(), Able.of(weights, weights)
    for _record in range(1000):
        turns.next_of(able)

    whole = sum(weights.values())
    for key, weight in weights.items():
        assert abs(turns.got.get(key, 0) - 1000 * weight / whole) <= 2


@settings(max_examples=30)
@given(before=st.integers(0, 500), after=st.integers(50, 200))
def test_a_newcomer_is_not_flooded(before, after):
    """Who comes after many turns gets an equal share from then on, and no more."""
    turns, old = Turns(), Able.of([1, 2, 3, 4], WEIGHTS)
    for _record in range(before):
        turns.next_of(old)
    everybody = Able.of([1, 2, 3, 4, 5], WEIGHTS)
    longest, row = 0, 0
    for _record in range(after):
        row = row + 1 if turns.next_of(everybody).owner_id == 5 else 0
        longest = max(longest, row)

    assert abs(turns.got[5] - after / 5) <= 1.5
    assert longest <= 1


@settings(max_examples=30)
@given(away=st.integers(1, 1000))
def test_who_was_away_does_not_catch_up(away):
    """However long somebody was away, the week after is a week like any other."""
    turns, everybody, without = Turns(), Able.of([1, 2, 3], WEIGHTS), Able.of([1, 2], WEIGHTS)
    for _record in range(30):
        turns.next_of(everybody)
    for _record in range(away):
        turns.next_of(without)
    before = turns.got[3]
    for _record in range(60):
        turns.next_of(everybody)

    assert abs(turns.got[3] - before - 20) <= 1.5


def test_between_equals_the_lower_id_and_the_next_are_told():
    turn = Turns().next_of(Able.of([7, 3, 5, 9, 8], dict.fromkeys([3, 5, 7, 8, 9], 1)))

    assert (turn.owner_id, turn.next_ids) == (3, (5, 7, 8))
    assert turn.owed == turn.next_owed[0] == UNIT // 5
