"""Sets on their way to the database (CUS-19)."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from leadline.core.sets import array_of

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=20)
TRICKY = ["", "NULL", "null", "a,b", "{}", '"', "\\", '\\"', " x ", "'; --", "%s", "é", "\n"]


def as_read(written: str, kind: str):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}[]", [written])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_texts_come_back_as_they_were():
    assert as_read(array_of(TRICKY), "text") == TRICKY
    assert as_read(array_of([]), "text") == []


@pytest.mark.django_db
def test_numbers_come_back_as_they_were():
    assert as_read(array_of([1, -5, 2**62]), "bigint") == [1, -5, 2**62]
    assert as_read(array_of([1, None]), "bigint") == [1, None]


@pytest.mark.django_db(transaction=True)
@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), max_size=5))
def test_any_number_comes_back(numbers):
    assert as_read(array_of(numbers), "bigint") == numbers


@pytest.mark.django_db(transaction=True)
@given(st.lists(st.none() | TEXT | st.sampled_from(TRICKY), max_size=5))
def test_any_text_comes_back(texts):
    assert as_read(array_of(texts), "text") == texts
