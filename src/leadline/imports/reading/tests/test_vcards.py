"""Contact cards of every age become rows; photos, damage and odd charsets spoil nothing (SIG-12)."""

import base64
import csv
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.imports.reading.kinds import Kind, kind_of
from leadline.imports.reading.vcards import HEADER, cards, convert

OLD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =\r\nM=C3=BCller\r\n"
    "ORG:Acme GmbH;Einkauf\r\nTEL;WORK;FAX:+49 30 1\r\nTEL;CELL:+49 171 5550100\r\n"
    "TEL;WORK;VOICE:+49 30 5550\r\n"
    "EMAIL;INTERNET:joerg@acme.example\r\nADR;HOME:;;Heimweg 1;Potsdam;;14467;Germany\r\n"
    "ADR;WORK:;;Hauptstr. 5;Berlin;Berlin;10115;Germany\r\n"
    "PHOTO;JPEG;ENCODING=BASE64:/9j/4AAQSkZJRgABAQ\r\nAAAQABAAD/2wBDAAgGBgcGBQ\r\n\r\nEND:VCARD\r\n"
)
MIDDLE = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Chen;Maya;;;\nFN:Maya Chen\nORG:Nordwind\\, Ventures;\nTITLE:Partner\n"
    "item1.EMAIL;type=INTERNET;type=HOME:maya@home.example\nEMAIL;TYPE=INTERNET,pref:maya@nordwind.example\n"
    "item1.X-ABLabel:private\nTEL;TYPE=CELL:+1 415 555 0134\nNOTE:Met at\\nthe\n  conference\n"
    "CATEGORIES:vip,press\n"
    "URL:https://nordwind.example\nUID:abc-1\nEND:VCARD\n"
)
NEW = (
    "BEGIN:VCARD\nVERSION:4.0\nFN:Rosa Diaz\nN:Diaz;Rosa;;;\nEMAIL;PREF=1:rosa@acme.example\n"
    'TEL;VALUE=uri;TYPE="voice,work":'
    "tel:+62-21-555-0100\nADR;TYPE=work:;;Jl. Sudirman 1;Jakarta;DKI;10110;Indonesia\n"
    "KIND:individual\nEND:VCARD\n"
)


def rows(tmp_path, content):
    path = tmp_path / "people.vcf"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    book = convert(path, tmp_path / "people.sheet")
    with (tmp_path / "people.sheet").open(encoding="utf-8", newline="") as file:
        found = [dict(zip(HEADER, row, strict=True)) for row in list(csv.reader(file))[1:]]
    assert book.rows == len(found)
    return found


def test_cards_of_three_versions_in_one_file(tmp_path):
    old, middle, new = rows(tmp_path, OLD + MIDDLE + NEW)

    assert (old["Card name"], old["Organisation"], old["Department"]) == (
        "Jörg Müller",
        "Acme GmbH",
        "Einkauf",
    )
    assert (old["Card phone"], old["Card phone 2"]) == ("+49 171 5550100", "+49 30 5550")
    assert (old["Street"], old["City"], old["Postcode"]) == ("Hauptstr. 5", "Berlin", "10115")
    assert (middle["Card e-mail"], middle["Card e-mail 2"]) == ("maya@nordwind.example", "maya@home.example")
    assert middle["Organisation"] == "Nordwind, Ventures"
    assert (middle["Note"], middle["Categories"]) == ("Met at\nthe conference", "vip, press")
    assert (new["Card phone"], new["Country"]) == ("+62-21-555-0100", "Indonesia")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_unicode(tmp_path, encoding):
    path = tmp_path / "people.vcf"
    path.write_bytes(MIDDLE.replace("Maya", "Máya").encode(encoding))

    assert kind_of(path) is Kind.CARDS
    assert rows(tmp_path, path.read_bytes())[0]["Card name"] == "Máya Chen"


def test_a_charset_that_the_line_names(tmp_path):
    card = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=windows-1251:Иванов;Иван\nEMAIL:i@x.example\nEND:VCARD\n"

    assert rows(tmp_path, card.encode("windows-1251"))[0]["Card name"] == "Иван Иванов"


def test_damage_costs_no_other_card(tmp_path):
    torn = (
        "BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:=ZZ=C3;=\nno colon here\nEMAIL:a@x.example\n"
    )
    nested = "BEGIN:VCARD\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Helper\nEND:VCARD\nEMAIL:b@x.example\nEND:VCARD\n"

    found = rows(tmp_path, torn + nested + NEW + "BEGIN:VCARD\nORG:Only Org\n")

    assert [row["Card e-mail"] for row in found] == ["a@x.example", "b@x.example", "rosa@acme.example", ""]
    assert [row["Card name"] for row in found][1:] == ["Boss", "Rosa Diaz", "Only Org"]


def test_photos_take_no_memory(tmp_path):
    picture = base64.b64encode(bytes(3 << 20)).decode()
    folded = "\n ".join(picture[at : at + 74] for at in range(0, len(picture), 74))
    card = MIDDLE.replace("UID:", f"PHOTO;ENCODING=b:{folded}\nUID:")
    path = tmp_path / "people.vcf"
    path.write_text(card * 12)

    tracemalloc.start()
    book = convert(path, tmp_path / "people.sheet")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert book.rows == 12
    assert most < path.stat().st_size / 2


@given(st.lists(st.text(alphabet='BEGIN:VCARD\nEND;=\\,"N \r\tFß', max_size=80), max_size=20))
def test_nothing_stops_the_reader(pieces):
    assert all(card.properties is not None for card in cards(pieces))
