"""What can be read two ways is asked, never guessed (issue 2, "Bad input")."""

from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.core.refusals import RuleBroken
from leadline.imports.reading.dates import DateColumn, DateForm, read_date, read_moment
from leadline.imports.reading.numbers import NumberColumn, NumberForm, read_number


def dates(*values):
    column = DateColumn()
    for value in values:
        column.add(value)
    return column


def numbers(*values):
    column = NumberColumn()
    for value in values:
        column.add(value)
    return column


@pytest.mark.parametrize(
    ("values", "form", "question"),
    [
        (["2026-03-04", "2026/12/25", "20260304"], None, ""),
        (["03/04/2026", "25/12/2026"], DateForm.DAY_FIRST, ""),
        (["03/04/2026", "12/25/2026"], DateForm.MONTH_FIRST, ""),
        (["03/04/2026", "01/02/2026"], None, "ambiguous"),
        (["25/12/2026", "12/25/2026"], None, "mixed"),
        (["03/03/2026", ""], None, ""),
        (["4 Mar 2026", "4 Maret 2026", "March 4, 2026"], None, ""),
    ],
)
def test_the_form_of_a_whole_column(values, form, question):
    column = dates(*values)

    assert (column.form, column.question, column.unreadable) == (form, question, 0)


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("2026-03-04", None, date(2026, 3, 4)),
        ("2026-03-04T10:20:30Z", None, date(2026, 3, 4)),
        ("03/04/2026", DateForm.DAY_FIRST, date(2026, 4, 3)),
        ("03/04/2026", DateForm.MONTH_FIRST, date(2026, 3, 4)),
        ("3.4.26 10:15 pm", DateForm.DAY_FIRST, date(2026, 4, 3)),
        ("17 Agustus 1945", None, date(1945, 8, 17)),
        ("04-Mar-26", None, date(2026, 3, 4)),
        ("Monday, May 4th, 2026", None, date(2026, 5, 4)),
        ("25/12/2026", None, date(2026, 12, 25)),
    ],
)
def test_days(text, form, day):
    assert read_date(text, form) == day


def test_moments_keep_their_zone():
    west = timezone(timedelta(hours=-5))
    assert read_moment("2026-03-04 22:15 -0500", None) == datetime(2026, 3, 4, 22, 15, tzinfo=west)


@pytest.mark.parametrize(
    ("text", "form", "words"),
    [
        ("03/04/2026", None, "two ways: 2026-04-03 or 2026-03-04"),
        ("12/25/2026", DateForm.DAY_FIRST, "form chosen"),
        ("31/02/2026", DateForm.DAY_FIRST, "no date"),
        ("soon", None, "no date"),
        ("0000-00-00", None, "no date"),
        ("99/99/9999", None, "no date"),
    ],
)
def test_what_is_no_date_or_two_is_refused(text, form, words):
    with pytest.raises(RuleBroken, match=words):
        read_date(text, form)


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from(DateForm), st.sampled_from("/.-"))
def test_a_date_written_in_a_form_is_read_back_in_it(day, form, sign):
    pattern = f"%d{sign}%m{sign}%Y" if form is DateForm.DAY_FIRST else f"%m{sign}%d{sign}%Y"
    assert read_date(day.strftime(pattern), form) == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_refusal(text):
    dates(text)
    numbers(text)
    for read in (read_date, read_number):
        with suppress(RuleBroken):
            read(text, None)


@pytest.mark.parametrize(
    ("values", "form", "question"),
    [
        (["1", "20", "3000"], None, ""),
        (["1,234.56", "7,500"], NumberForm.POINT, ""),
        (["1.234,56", "7.500"], NumberForm.COMMA, ""),
        (["1,234", "7,500"], None, "ambiguous"),
        (["1.234", "7.500"], None, "ambiguous"),
        (["1.5", "1,5"], None, "mixed"),
        (["Rp 1.234.567", "Rp 2.000"], NumberForm.COMMA, ""),
    ],
)
def test_the_decimal_sign_of_a_whole_column(values, form, question):
    column = numbers(*values)

    assert (column.form, column.question, column.unreadable) == (form, question, 0)


@pytest.mark.parametrize(
    ("text", "form", "number"),
    [
        ("1,234.56", None, "1234.56"),
        ("1.234,56", None, "1234.56"),
        ("1 234,56", None, "1234.56"),
        ("$ -1,234", NumberForm.POINT, "-1234"),
        ("(5.5)", None, "-5.5"),
        ("-7", None, "-7"),
        ("1,234", NumberForm.COMMA, "1.234"),
        ("12.5 EUR", None, "12.5"),
    ],
)
def test_numbers(text, form, number):
    assert read_number(text, form) == Decimal(number)


def test_a_number_that_can_be_two_is_refused():
    with pytest.raises(RuleBroken, match="two ways"):
        read_number("1,234", None)
