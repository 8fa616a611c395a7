"""Indonesian is complete, and a page in it is wholly in it (ALL-9)."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog, Message
from django.test import Client
from django.utils import timezone, translation

from leadline.core import formats
from leadline.core.conditions import parse
from leadline.core.fields import catalogue
from scripts import messages
from tests.house.sources import modules

NAMED = re.compile(r"%\((\w+)\)([sd])")
BRACES = re.compile(r"\{(\w*)\}")
EAGER = {"gettext", "ngettext", "pgettext", "npgettext"}


@pytest.fixture(scope="module", params=messages.LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def texts() -> Catalog:
    """All that the house says, read from its sources once."""
    return messages.collected()


def forms_of(text: Message) -> tuple[list[str], list[str]]:
    """What a text says, and its translations: one of each, or one for each form of number."""
    return tuple([each] if isinstance(each, str) else list(each) for each in (text.id, text.string or ""))


def parts(text: str) -> tuple[set, list, int, str]:
    """What a translation must keep: places for values, escaped signs, blanks at the ends, the last sign."""
    ends = (text[:1].isspace(), text[-1:].isspace())
    last = text[-1:] if text[-1:] in ".:…?!" else ""
    return set(NAMED.findall(text)), sorted(BRACES.findall(text)), text.count("%%"), f"{ends}{last}"


def wrong(text: Message, count: int) -> bool:
    """Whether a text lacks a translation, or has one that would lose or break what is put in."""
    said, translated = forms_of(text)
    if len(translated) != (count if len(said) > 1 else 1) or not all(translated):
        return True
    stray = any("%" in NAMED.sub("", each).replace("%%", "") for each in translated if text.python_format)
    return stray or any(parts(each) != parts(said[-1]) for each in translated)


def test_every_text_is_translated(language, texts):
    """`make messages` adds the new ones to the file; each needs its translation there."""
    kept = messages.translations(language)

    assert [
        text.id for text in messages.renewed(language, texts) if text.id and not all(forms_of(text)[1])
    ] == []
    assert [text.id for text in kept if text.id and wrong(text, kept.num_plurals)] == []


def test_nothing_old_or_guessed_is_kept(language, texts):
    kept = messages.translations(language)

    assert [text.id for text in kept if text.id and texts.get(text.id, text.context) is None] == []
    assert [text.id for text in kept if text.id and text.fuzzy] == []
    assert list(kept.obsolete) == []


def test_the_check_bites():
    fine = Message("Row %(n)s is gone.", "Baris %(n)s hilang.", flags=["python-format"])
    assert not wrong(fine, 1)
    for broken in (
        "",
        "Baris hilang.",
        "Baris %(n)s hilang",
        "Baris %(m)s hilang.",
        "Baris %(n)s 5% hilang.",
    ):
        assert wrong(Message(fine.id, broken, flags=["python-format"]), 1)
    assert wrong(Message("At most {most}", "Paling banyak"), 1)
    assert wrong(Message(("%(n)s row", "%(n)s rows"), ("%(n)s baris", "")), 2)


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is read: not the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in [*child.decorator_list, child.args]:
                yield part
                yield from at_import(part)
        elif not isinstance(child, ast.Lambda):
            yield child
            yield from at_import(child)


@pytest.mark.parametrize("name", list(modules()))
def test_no_text_is_translated_when_a_module_is_read(name):
    """It would stay in the language of that moment; `gettext_lazy` waits until it is shown."""
    tree = modules()[name]
    eager = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in EAGER
    }
    calls = [node for node in at_import(tree) if isinstance(node, ast.Call)]
    assert [ast.unparse(call) for call in calls if getattr(call.func, "id", "") in eager] == []


@pytest.fixture
def ratna(cast, as_) -> Client:
    """Rosa's browser, since she chose Indonesian."""
    cast.rosa.language = "id"
    cast.rosa.save()
    return as_(cast.rosa)


def test_the_pages_speak_indonesian(ratna, cast, make):
    customer = make.customer(cast.rosa, name="Tambak Sejahtera", status="active")
    make.activity(customer, title="Bicara soal penawaran")
    told = {
        "/customers/": ("Pelanggan", "Tambah pelanggan", "Penanggung jawab", "Aktif", "Cari di daftar ini"),
        f"/customers/{customer.pk}/": ("Ringkasan", "Linimasa", "Catat aktivitas", "Langkah berikutnya"),
        f"/customers/{customer.pk}/activities": ("Panggilan", "Hari ini", "Cari di linimasa ini"),
        f"/customers/{customer.pk}/history": ("Riwayat", "membuat pelanggan"),
        "/me/security": ("Kata sandi baru", "Peramban ini"),
        "/me": ("Zona waktu", "Token untuk program", "Simpan"),
    }
    for address, words in told.items():
        text = ratna.get(address).text
        assert '<html lang="id"' in text, address
        assert [word for word in words if word not in text] == [], address


def test_the_start_of_an_import_speaks_indonesian(cast, as_):
    cast.mira.language = "id"
    cast.mira.save()

    text = as_(cast.mira).get("/imports/start").text

    assert '<html lang="id"' in text
    assert [word for word in ("Apa isi file ini?", "Duplikat", "Unduh templat") if word not in text] == []


def test_two_people_at_one_process_read_their_own_language(ratna, cast, as_):
    """Labels of fields and choices are no text of the first request."""
    for _again in range(2):
        assert "Tambah pelanggan" in ratna.get("/customers/").text
        assert "Add customer" in as_(cast.mira).get("/customers/").text


def test_days_figures_and_conditions_follow_the_language():
    about = catalogue("customer")
    asked = parse({"field": "status", "op": "in", "value": ["active", "churned"]}, about, user=None)
    day = datetime(2026, 8, 17, 3, tzinfo=UTC)
    with translation.override("id"), timezone.override("Asia/Jakarta"):
        assert formats.day(day) == "17 Agu 2026"
        assert formats.time_there(day.astimezone(ZoneInfo("Asia/Tokyo"))) == "12.00"
        assert formats.number(1234567.5) == "1.234.567,5"
        assert str(about.field("owner").label) == "Penanggung jawab"
        assert asked.sentence() == "Status salah satu dari Aktif, Berhenti"
    with translation.override("en"):
        assert str(about.field("owner").label) == "Owner"
        assert asked.sentence() == "Status is one of Active, Churned"
