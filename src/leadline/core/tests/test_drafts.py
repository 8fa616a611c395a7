"""Rows of a file are cleaned as a form's answers are, what repeats but once (CUS-19, ALL-2)."""

from hypothesis import given
from hypothesis import strategies as st

from leadline.core.drafts import Remembered, clean_draft
from leadline.core.fields import Catalogue, Cleaning, Field
from leadline.core.fields.kinds import KINDS
from leadline.core.refusals import RulesBroken


def field(name: str, kind: str, **more) -> Field:
    return Field(name=name, label=name.title(), kind=KINDS[kind], sql=f"boat.{name}", **more)


BOATS = Catalogue(
    kind="boat",
    label="Boat",
    plural="Boats",
    model="core.Boat",
    table="boat",
    fields=(
        field("name", "text", required=True, max_length=20),
        field("phone", "phone"),
        field("website", "website"),
        field("tags", "tags"),
        field("colour", "choice", choices=(("red", "Red"), ("blue", "Blue"))),
        field("country", "country"),
        field("made", "text", editable=False),
    ),
)
ROW = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Kopi", " Kopi ", "a\nb", "", "x" * 30, "\u2009Tua", "a\x00"]),
        "phone": st.sampled_from(["030 901820", "0812-3456-7890", "ask Budi", ""]),
        "website": st.sampled_from(["example.com", "see brochure", "javascript:x", ""]),
        "tags": st.sampled_from(["a, b", "", "a"]),
        "colour": st.sampled_from(["Red", "blue", "pink", ""]),
    },
    optional={"country": st.sampled_from(["Germany", "id", "", "nowhere"]), "made": st.just("here")},
)


def outcome(row, keep_empty, remembered=None):
    try:
        return clean_draft(BOATS, row, Cleaning(country="ID"), keep_empty=keep_empty, remembered=remembered)
    except RulesBroken as broken:
        return [(rule.field, rule.message) for rule in broken.broken]


@given(st.lists(ROW, max_size=12), st.booleans())
def test_what_is_remembered_changes_no_answer(rows, keep_empty):
    """CUS-2: the same value, flag or refusal for each row, whichever came before."""
    remembered = Remembered()

    assert [outcome(row, keep_empty, remembered) for row in rows] == [
        outcome(row, keep_empty) for row in rows
    ]


def test_lists_of_two_rows_are_two_lists():
    remembered = Remembered()
    one, two = (outcome({"tags": "a, b"}, False, remembered) for _ in range(2))

    one.values["tags"].append("c")

    assert two.values["tags"] == ["a", "b"]


def test_a_column_that_never_repeats_takes_no_room():
    """CUS-19: memory does not grow with the file."""
    remembered = Remembered()

    for number in range(Remembered.MOST * 3):
        outcome({"name": f"Boat {number}"}, False, remembered)

    assert len(remembered._values["name"]) == Remembered.MOST
