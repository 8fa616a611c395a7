"""Making forms: by people with the permission, checked part by part (LEA-2)."""

import pytest

from leadline.core.custom.actions import make_field
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken
from leadline.webforms import actions
from leadline.webforms.models import WebForm

pytestmark = pytest.mark.django_db


def test_a_marketer_makes_a_form_on_the_pages(cast, as_, by):
    ada = as_(cast.ada)
    made = ada.post("/web-forms/add", {"name": "Contact us", "title": "Write", "language": "en"})
    form = WebForm.objects.get()
    page = f"/web-forms/{form.pk}?language=id"

    assert made.url == f"/web-forms/{form.pk}"
    assert form.key.startswith("contact-us-")
    assert not form.is_on
    shown = ada.get(page).content.decode()
    answers = {
        "name": "Contact us",
        "title": "Tulis",
        "desk": "conversion",
        "ask_2": "required",
        "order_2": "1",
        "label_2": "Surel Anda",
        "ask_0": "optional",
        "order_0": "2",
        "channel_0": "email",
        "words_0": "Kirimi saya kabar.",
        "tags": "site, news",
        "owner": str(cast.rosa.pk),
        "sites": "https://www.example.com/\n*.example.org",
        "version": str(form.version),
    }
    saved = ada.post(page, answers)
    again = ada.post(page, answers)

    form.refresh_from_db()
    assert 'aria-label="E-mail: Label"' in shown
    assert saved.status_code == 302
    assert again.status_code == 422, "somebody else's save is told"
    assert [(ask["field"], ask["required"]) for ask in form.asks] == [("email", True), ("name", False)]
    assert form.asks[0]["label"] == {"id": "Surel Anda"}
    assert form.consents == [{"channel": "email", "required": False, "words": {"id": "Kirimi saya kabar."}}]
    assert (form.tags, form.sites, form.owner) == (
        ["site", "news"],
        ["www.example.com", "*.example.org"],
        cast.rosa,
    )
    assert set(form.texts) == {"en", "id"}


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("asks", [{"field": "name"}]),
        ("asks", [{"field": "owner"}, {"field": "email"}]),
        ("asks", [{"field": "email", "required": "yes"}]),
        ("asks", [{"field": ["email"]}]),
        ("name", {"a": 1}),
        ("consents", [{"channel": "pigeon", "words": {"en": "x"}}]),
        ("consents", [{"channel": "email", "words": {}}]),
        ("redirect", "http://example.com"),
        ("redirect", "https://a@example.com"),
        ("redirect", "javascript:alert(1)"),
        ("redirect", "//example.com"),
        ("redirect", "https://example.com; script-src *"),
        ("sites", ["example.com; script-src *"]),
        ("sites", ["*"]),
        ("desk", "moon"),
        ("owner", 999_999),
    ],
)
def test_what_is_no_part_of_a_form_is_refused_by_name(web_form, cast, by, field, given):
    with pytest.raises(RuleBroken) as refused:
        actions.change_form(web_form, **{field: given}, by=by(cast.ada))

    assert refused.value.field == field


def test_it_asks_for_custom_fields(web_form, cast, by, make):
    made = make_field("lead", kind="text", label="Boat", by=by(cast.ada))

    form = actions.change_form(
        web_form, asks=[{"field": "email"}, {"field": made.name, "required": True}], by=by(cast.ada)
    )

    assert form.asks[1]["field"] == made.name


def test_two_who_edit_one_form_are_told(web_form, cast, by):
    actions.change_form(web_form, name="One", version=web_form.version, by=by(cast.ada))

    with pytest.raises(EditConflict):
        actions.change_form(web_form, name="Two", version=web_form.version, by=by(cast.ada))


def test_who_does_not_manage_forms_makes_and_changes_none(web_form, cast, by, as_):
    with pytest.raises(NotAllowed):
        actions.add_form(name="x", texts={"en": {"title": "x"}}, by=by(cast.mira))
    with pytest.raises(NotAllowed):
        actions.switch_form(web_form, on=False, by=by(cast.mira))

    assert as_(cast.mira).get(f"/web-forms/{web_form.pk}").status_code == 200
    assert as_(cast.rosa).get(f"/web-forms/{web_form.pk}").status_code == 403


def test_archived_it_is_closed_and_comes_back(web_form, cast, by, client):
    actions.archive_form(web_form, by=by(cast.ada))

    assert client.get(f"/f/{web_form.key}").status_code == 404
    with pytest.raises(NotAllowed):
        actions.change_form(web_form, name="x", by=by(cast.ada))
    actions.restore_form(web_form, by=by(cast.ada))
    assert client.get(f"/f/{web_form.key}").status_code == 200


def test_what_is_put_into_another_site_is_told_as_text(cast, as_, by):
    form = actions.add_form(name='Ask "us" <now>', texts={"en": {"title": "Ask"}}, by=by(cast.ada))

    page = as_(cast.ada).get(f"/web-forms/{form.pk}").content.decode()

    assert f"data-form=&#34;{form.key}&#34;" in page
    assert "title=&#34;Ask &amp;quot;us&amp;quot; &amp;lt;now&amp;gt;&#34;" in page
    assert "<now>" not in page
