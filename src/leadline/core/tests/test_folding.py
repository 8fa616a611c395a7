"""What is constant in a template is written into it once for a language (decision 20)."""

from datetime import UTC, datetime, timedelta

import pytest
from babel import dates
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation
from markupsafe import escape

from leadline.core import formats
from leadline.core.jinja import CsrfInput, url
from leadline.core.texts import Menu


def rendered(source: str, **given: object) -> str:
    return str(engines["jinja2"].from_string(source).render(given))


def test_each_language_has_its_own_texts():
    for language, word in (("en", "Customers"), ("id", "Pelanggan"), ("en", "Customers")):
        with translation.override(language):
            assert rendered('{{ _("Customers") }}') == word


def test_values_are_filled_in_and_escaped():
    assert (
        rendered('{{ _("Remove filter: %(name)s", name=given) }}', given="<b>") == "Remove filter: &lt;b&gt;"
    )
    assert rendered("{{ _(given) }}", given="Customers") == "Customers"


@pytest.mark.parametrize("given", ["<script>alert(1)</script>", "100% sales", "%(name)s", "", '"><b>'])
def test_a_text_that_people_typed_is_shown_as_they_typed_it(given):
    """Names of roles are translated where they came along; those that somebody typed are never HTML."""
    assert rendered("{{ _(given) }}", given=given) == str(escape(given))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('{% macro icon(name) %}mine {{ name }}{% endmacro %}{{ icon("x") }}', "mine x"),
        ('{% macro part(icon) %}{{ icon("x") }}{% endmacro %}{{ part(given) }}', "given x"),
        ('{% set _ = given %}{{ _("Customers") }}', "given Customers"),
    ],
)
def test_a_name_that_a_template_gives_a_meaning_keeps_it(source, shown):
    assert rendered(source, given=lambda word: f"given {word}") == shown


def test_an_address_nobody_has_is_told_when_it_is_shown():
    assert rendered('{% if given %}{{ url("nowhere:at_all") }}{% endif %}', given=False) == ""


def test_addresses_are_those_of_the_views():
    assert url("customers:page", 7) == "/customers/7/"
    assert url("customers:list", query={"q": "a b", "tag": ["x", "y"]}) == "/customers/?q=a+b&tag=x&tag=y"


def test_a_menu_is_written_once_for_all_who_have_it_and_once_for_each_language():
    items = [{"label": "Customers", "url": "/customers/", "active": False, "key": "", "count": ""}]
    menu = Menu([{"label": "", "items": items}])
    source = '{{ still("core/_navigation.html", given, keys=true) }}'

    first = rendered(source, given=menu)
    items[0]["label"] = "Changed"

    assert "Customers" in first
    assert rendered(source, given=menu) == first
    with translation.override("id"):
        assert "Changed" in rendered(source, given=menu)


def test_forms_of_one_page_carry_one_token():
    request = RequestFactory().get("/")
    one, other = CsrfInput(request), CsrfInput(request)

    assert str(one) == str(other)
    assert 'name="csrfmiddlewaretoken"' in str(one)


@pytest.mark.parametrize("language", ["en", "id"])
def test_times_are_written_as_babel_writes_them(language):
    with translation.override(language), timezone.override("Asia/Jakarta"):
        for step in range(0, 3000, 7):
            at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=step, minutes=step, seconds=step)
            local = timezone.localtime(at)
            for form in ("short", "medium"):
                assert formats.moment(at, form) == dates.format_datetime(
                    local, form, locale=formats.calendar()
                )
                assert formats.day(at, form) == dates.format_date(local, form, locale=formats.calendar())
            assert formats.clock_time(at) == dates.format_time(local, "short", locale=formats.calendar())
