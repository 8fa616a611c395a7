"""Every part of the interface renders, escapes what people typed, and obeys the content security policy."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from leadline.core import gallery


def show(name: str) -> str:
    request = RequestFactory().get("/styleguide")
    request.user = AnonymousUser()
    return gallery.page(request, name).content.decode()


@pytest.mark.parametrize("name", gallery.PAGES)
def test_each_page_of_the_style_guide_has_no_inline_script_or_style(name):
    page = show(name)

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src=)|hx-on|javascript:", page)


@pytest.mark.parametrize("name", ["parts", "list", "record", "form", "import"])
def test_ids_stand_once_on_a_page(name):
    ids = re.findall(r'\sid="([^"]+)"', show(name))

    assert sorted(ids) == sorted(set(ids))


def test_icons_named_in_the_templates_are_in_the_sprite():
    sprite = (Path(gallery.__file__).parent / "static/leadline/icons.svg").read_text()
    drawn = {
        name for page in gallery.PAGES for name in re.findall(r"icons[^\"#]*\.svg#([a-z0-9-]+)", show(page))
    }

    assert drawn
    assert all(f'id="{name}"' in sprite for name in drawn)


def test_what_people_typed_is_escaped():
    template = engines["jinja2"].from_string(
        '{% from "ui/button.html" import button %}{% from "ui/avatar.html" import who %}'
        '{{ button(name, attrs={"data-x": name}) }}{{ who(name) }}{{ icon("user", label=name) }}'
    )

    page = template.render({"name": '"><script>alert(1)</script>'})

    assert "<script>" not in page
