"""Folding, sort keys and initials (CUS-6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.core.normalise.text import fold, initials, sort_key


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Müller   &\tSöhne ", "muller & sohne"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łódź Øresund Đorđe Æon", "lodz oresund dorde aeon"),
        ("İstanbul Işık", "istanbul isik"),
        ("Nguyễn Thị Hà", "nguyen thi ha"),
        ("ＡＢＣ　株式会社", "abc 株式会社"),
        ("がんばる", "がんばる"),
        ("हिन्दी", "हिन्दी"),
        ("Ёлка", "елка"),
        ("O’Brien", "o'brien"),
        ("", ""),
    ],
)
def test_case_accents_and_blanks_make_no_difference(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_folding_a_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_folded_text_fits_into_the_database(text):
    assert "\x00" not in fold(text)


def test_names_sort_as_people_look_for_them():
    names = ["Zebra", "Émile", "“Aurora” Ltd", "eden", "PT Maju", "Öl AG"]

    assert sorted(names, key=sort_key) == ["“Aurora” Ltd", "eden", "Émile", "Öl AG", "PT Maju", "Zebra"]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anna Berg", "AB"),
        ("PT Sinar Jaya", "PJ"),
        ("Müller", "M"),
        ("(Old) O'Neil", "OO"),
        ("株式会社 山田", "株"),
        ("  ", "?"),
        ("+++", "?"),
        ("ßeta", "S"),
    ],
)
def test_initials_stand_for_a_picture(name, letters):
    assert initials(name) == letters


@given(st.text())
def test_any_name_has_initials(name):
    assert 1 <= len(initials(name)) <= 2
