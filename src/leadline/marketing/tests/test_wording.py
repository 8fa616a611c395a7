"""Places of texts: checked when written, filled when sent, and never more than words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.core.prose import prose
from leadline.core.refusals import RuleBroken
from leadline.marketing.wording import PLACES, check_places, filled, open_places, plain_text


def test_a_place_takes_its_value_or_what_stands_after_the_bar():
    text = "Hello {{ first_name | there }}, {{company}} in {{ city }}"

    assert filled(text, {"company": "Kopi"}, in_markdown=True) == "Hello there, Kopi in {{ city }}"
    assert open_places("{{ city }} and {{ name | x }}") == ["city", "name"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ firstname }}", "Did you mean “first_name”?"),
        ("{{ 7*7 }}", "Accepted: name, first_name"),
        ("{{ first_name", "ends with }}"),
        ("{{ }}", "is not known"),
        ("{{ name.__class__ }}", "is not known"),
    ],
)
def test_what_is_no_place_is_refused_with_what_is(text, told):
    with pytest.raises(RuleBroken) as refused:
        check_places(text, field="body_en")

    assert told in refused.value.message
    assert refused.value.field == "body_en"


@given(st.text(max_size=60), st.sampled_from(sorted(PLACES)))
def test_a_value_is_only_ever_words(value, place):
    """No link, no emphasis, no tag and no second paragraph comes of a name that somebody typed."""
    letter = filled(f"a{{{{ {place} }}}}b", {place: value}, in_markdown=True)

    html = str(prose(letter))
    assert "<a" not in html
    assert not {"<em>", "<strong>", "<del>", "<s>", "<code>", "<table>", "<h3>"} & set(_tags(html))
    assert html.count("<p>") == 1


@given(st.text(alphabet="ab*_[]()<>~`| ", min_size=1, max_size=40))
def test_the_plain_text_says_the_value_as_it_was(value):
    words = " ".join(value.split())
    if words:
        assert plain_text(filled("{{ name }}", {"name": value}, in_markdown=True)) == words


def _tags(html):
    return [f"<{part.split('>')[0]}>" for part in html.split("<")[1:]]
