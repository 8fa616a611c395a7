"""Pages, API and command of mail in: addresses, the log, letters, the door for programs (LEA-2, ALL-10)."""

import json

import pytest
import typer
from typer.testing import CliRunner

from leadline.config.cli import mail
from leadline.core.actions import Actor
from leadline.intake import actions
from leadline.intake.models import IntakeAddress, Letter, LetterFile
from leadline.intake.tests.conftest import letter
from leadline.intake.tests.test_taking import WITH_FILE
from leadline.leads.models import Lead
from tests.imap import PASSWORD, USER

pytestmark = pytest.mark.django_db


def html(response):
    return response.content.decode()


def answers(**changed):
    given = {"email": USER, "port": "993", "security": "tls", "folder": "INBOX", "desk": "conversion"}
    return {**given, "source": "E-mail", **changed}


def test_an_administrator_names_an_address_tries_it_and_sees_what_came(cast, as_, imap, settle):
    ada = as_(cast.ada)
    assert "No addresses" in html(ada.get("/mail-in/"))

    mailbox = {"host": "127.0.0.1", "port": str(imap.port), "security": "none", "user_name": USER}
    made = ada.post("/mail-in/add", answers(**mailbox, password="wrong"))
    page = made.url
    refused = ada.post(f"{page}/try")
    ada.post(f"{page}/edit", answers(**mailbox, password=PASSWORD, version="1"))
    imap.put(letter(Subject="Beans"))
    tried = ada.post(f"{page}/try")
    settle()

    assert "does not accept this user name and password" in html(refused)
    assert "It works: 1 letter lies in the folder" in html(tried)
    shown = html(ada.get(page))
    assert PASSWORD not in shown + html(ada.get(f"{page}/edit"))
    assert Lead.objects.get().email == "budi@kopi.example"
    log = html(ada.get("/mail-in/log"))
    assert "Beans" in log
    assert "New lead" in log


def test_wrong_answers_are_told_beside_their_fields(cast, as_):
    port = as_(cast.ada).post("/mail-in/add", answers(port="99999"))
    email = as_(cast.ada).post("/mail-in/add", answers(email="nobody"))

    assert (port.status_code, email.status_code) == (422, 422)
    assert html(port).count('aria-invalid="true"') == html(email).count('aria-invalid="true"') == 1
    alone = as_(cast.ada).post("/mail-in/add", answers(host="imap.example"))
    assert "Give the user name of the mailbox." in html(alone)


def test_two_who_edit_one_address_are_told(cast, as_, address):
    actions.change_address(address, campaign="Other", by=Actor(cast.ada))

    sent = as_(cast.ada).post(f"/mail-in/{address.pk}/edit", answers(version="1"))

    assert sent.status_code == 422
    assert IntakeAddress.objects.get().campaign == "Other"


def test_a_seller_sees_the_letters_and_files_of_the_own_leads_alone(cast, as_, take, make):
    lead = make.lead(cast.rosa, email="budi@kopi.example")
    own = take(letter(WITH_FILE, Content_Type="multipart/mixed; boundary=x"))
    other = take(letter(sender="ani@kopi.example"))
    rosa, otto = as_(cast.rosa), as_(cast.otto)
    file = f"/mail-in/files/{LetterFile.objects.get().pk}"

    page = rosa.get(f"/mail-in/letters/{own.pk}")
    got = rosa.get(file)

    assert "plan.txt" in html(page)
    assert f"/leads/{lead.pk}/" in html(page)
    assert b"".join(got.streaming_content) == b"the plan"
    assert got["Content-Type"] == "application/octet-stream"
    assert "attachment" in got["Content-Disposition"]
    assert rosa.get(f"/mail-in/letters/{other.pk}").status_code == 404
    assert otto.get(file).status_code == 404
    assert rosa.get("/mail-in/log").status_code == 403


def test_the_log_narrows_and_a_letter_is_taken_in_after_all(cast, as_, take):
    take(letter(Subject="First"))
    left = take(letter("Call **me**", sender="noreply@shop.example", Subject="Form"))
    lena = as_(cast.lena)

    log = html(lena.get("/mail-in/log?state=left"))
    page = html(lena.get(f"/mail-in/letters/{left.pk}"))
    lena.post(f"/mail-in/letters/{left.pk}/take")

    assert "Form" in log
    assert "its sender takes no answers" in log
    assert "First" not in log
    assert "Call **me**" in page
    assert "What it says stands on the timeline." in html(lena.get(f"/mail-in/letters/{left.pk}"))


def test_a_page_of_the_log_costs_the_same_for_many(cast, as_, take, django_assert_max_num_queries):
    for number in range(15):
        take(letter(sender=f"n{number}@kopi.example"))
    lena = as_(cast.lena)

    with django_assert_max_num_queries(10):
        lena.get("/mail-in/log")


def test_programs_make_addresses_and_hand_letters_in(cast, program, client):
    ada = program(cast.ada)
    made = ada.post(
        "intake-addresses", {"email": USER, "user_name": "u", "host": "127.0.0.1", "password": "quiet"}
    )
    place = f"intake-addresses/{made.json()['id']}"
    wrong = ada.post("intake-addresses", {"email": USER, "port": "x"})
    changed = ada.patch(place, {"campaign": "Spring"}, If_Match=made["ETag"])
    stale = ada.patch(place, {"campaign": "Again"}, If_Match=made["ETag"])
    tried = ada.post(f"{place}/try").json()

    assert made.status_code == 201
    assert "quiet" not in made.content.decode()
    assert made.json()["has_password"]
    assert wrong.status_code == 422
    assert changed.json()["campaign"] == "Spring"
    assert stale.status_code in (409, 412)
    assert not tried["works"]
    assert "private network" in tried["trouble"]
    assert ada.post(f"{place}/archive").json()["archived_at"]
    assert ada.post(f"{place}/restore").json()["archived_at"] is None
    assert program(cast.lena).patch(place, {"campaign": "C"}).status_code == 403
    assert program(cast.rosa).get(place).status_code == 404


def test_a_letter_by_the_api_becomes_a_lead_once(cast, program, client, address):
    raw = letter(Subject="Beans")
    lena = _sender(program(cast.lena), client)

    first, again = lena(raw), lena(raw)
    unknown = lena(raw, query="?to=nobody@house.example")
    no_letter = lena(b"\x00\x01")
    as_json = lena(b"{}", content_type="application/json")
    large = lena(letter("x" * (26 * 1024 * 1024)))

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["state"] == "lead"
    assert first.json()["lead"] == Lead.objects.get().pk
    assert (again.json()["id"], again.json()["again"]) == (first.json()["id"], True)
    assert unknown.json()["errors"][0]["field"] == "to"
    assert no_letter.status_code == 422
    assert (as_json.status_code, large.status_code) == (415, 413)
    assert _sender(program(cast.rosa), client)(raw).status_code == 403
    assert client.post("/api/v1/mail", raw, content_type="message/rfc822").status_code == 401
    assert program(cast.lena).get("mail").json()["data"][0]["subject"] == "Beans"


def test_who_sees_the_lead_reads_about_its_letter(cast, program, take, make):
    make.lead(cast.rosa, email="budi@kopi.example")
    own, left = take(letter()), take(letter(sender="noreply@shop.example"))

    listed = program(cast.rosa).get("mail").json()["data"]

    assert [each["id"] for each in listed] == [own.pk]
    assert program(cast.otto).get(f"mail/{own.pk}").status_code == 404
    assert program(cast.rosa).post(f"mail/{left.pk}/take").status_code == 404
    assert program(cast.lena).post(f"mail/{left.pk}/take").json()["state"] == "lead"


def _sender(program, client):
    def send(raw, query="", content_type="message/rfc822"):
        headers = {"Authorization": f"Bearer {program.token}"}
        return client.post(f"/api/v1/mail{query}", raw, content_type=content_type, headers=headers)

    return send


def test_a_mail_server_hands_letters_over_by_its_pipe(address):
    app = typer.Typer()
    app.command()(mail.take.__wrapped__)  # on the database of the test

    def take(raw, *words):
        return CliRunner().invoke(app, [*words], input=raw)

    first = take(letter(), "--to", USER, "--json")
    wrong = take(letter(), "--to", "nobody@house.example")
    nothing = take(b"")

    assert json.loads(first.stdout)["state"] == "lead"
    assert Letter.objects.get().door == "pipe"
    assert (first.exit_code, wrong.exit_code, nothing.exit_code) == (0, 65, 65)
