"""Texts of search as trigrams: the database makes of them what Python looks for (CUS-5)."""

from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from leadline.core.search.terms import trigrams

# Words of several scripts, and every sign that parts words.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60) | st.text(
    "ab é漢\n\t\x01\x1f\x7f", max_size=60
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
@example("tab\tand\x0bothers\x1fpart\nwords")
@example("")
def test_the_database_makes_the_trigrams_that_python_looks_for(db, text: str):
    words = "".join(" " if sign <= " " else sign for sign in text).split(" ")
    with connection.cursor() as cursor:
        cursor.execute("SELECT leadline_trigrams(%s)", [text])
        made = cursor.fetchone()[0]

    assert set(made) == set().union(*map(trigrams, words))
    assert len(made) == sum(max(len(word.encode()) - 2, 0) for word in words)
