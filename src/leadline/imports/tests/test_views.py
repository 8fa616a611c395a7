"""The way of a file through the pages (CUS-19); each step has its own address."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leadline.core.jobs import run_waiting_jobs
from leadline.customers.actions import add_customer
from leadline.customers.models import Customer
from leadline.imports.models import Import
from leadline.people.signing.entering import session_cookie

FILE = b"Company;E-mail;Since;Action\nAcme;info@acme.example;03/04/2024;delete\nBad;nowhere;03/04/2024;x\n"


@pytest.fixture
def as_(client):
    def as_(actor):
        client.cookies["sessionid"] = session_cookie(actor.user)
        return client

    return as_


@pytest.fixture
def make_customer(ada):
    return lambda **fields: add_customer(**fields, by=ada)


def upload(client, content, kind="customers", name="list.csv", **extra):
    file = SimpleUploadedFile(name, content)
    return client.post("/imports/bring", {"kind": kind, "file": file}, **extra)


def test_a_file_goes_through_all_steps(as_, ada):
    client = as_(ada)
    assert (
        "name, email, phone, industry, website, address, status"
        in client.get("/imports/start").content.decode()
    )

    response = upload(client, FILE)
    brought = Import.objects.get()
    at = f"/imports/{brought.pk}"
    assert response["Location"] == f"{at}/file"
    page = client.get(f"{at}/file").content.decode()
    assert "Acme" in page
    assert "Semicolon" in page

    page = client.get(f"{at}/columns").content.decode()
    assert "Leave out" in page
    response = client.post(
        f"{at}/map", {"column-0": "name", "column-1": "email", "column-2": "customer_since"}
    )
    assert response["Location"] == f"{at}/duplicates"
    assert client.get(f"{at}/duplicates").status_code == 200
    response = client.post(f"{at}/choose", {"on_duplicate": "update", "key": "email"})
    assert response["Location"] == f"{at}/preview"

    assert "Checking the whole file" in client.get(f"{at}/preview").content.decode()
    run_waiting_jobs()
    page = client.get(f"{at}/preview").content.decode()
    assert "Every value can be read two ways" in page
    client.post(f"{at}/answer", {"form-2": "day first"})
    run_waiting_jobs()
    page = client.get(f"{at}/preview").content.decode()
    assert "two ways" not in page
    assert "nowhere" in page

    assert client.get(at + "/")["Location"] == f"{at}/preview"
    assert client.post(f"{at}/run")["Location"] == f"{at}/"
    assert "Importing" in client.get(at + "/").content.decode()
    run_waiting_jobs()
    page = client.get(at + "/").content.decode()
    assert "The import is done" in page
    assert str(Customer.objects.get().customer_since) == "2024-04-03"
    assert "list.csv" in client.get("/imports/").content.decode()


def test_rejected_rows_are_mended_on_the_page(as_, ada):
    client = as_(ada)
    upload(client, FILE)
    at = f"/imports/{Import.objects.get().pk}"
    client.post(f"{at}/map", {"column-0": "name", "column-1": "email"})
    client.post(f"{at}/run")
    run_waiting_jobs()
    page = client.get(f"{at}/rejected").content.decode()
    assert 'name="cell-3-1" value="nowhere"' in page
    file = b"".join(client.get(f"{at}/rejected.csv").streaming_content).decode("utf-8-sig")
    assert file.splitlines()[0] == "Company,E-mail,Since,Action,Row,Reason"

    assert client.post(f"{at}/correct", {"cell-3-1": "nowhere"}).status_code == 422
    response = client.post(f"{at}/correct", {"cell-3-0": "Bad", "cell-3-1": "some@where.example"})

    run_waiting_jobs()
    assert response.status_code == 302
    assert Customer.objects.filter(name="Bad", email="some@where.example").exists()
    assert "No rejected rows are left" in client.get(f"{at}/rejected").content.decode()


def test_an_import_is_undone_on_its_page(as_, ada):
    client = as_(ada)
    upload(client, FILE)
    at = f"/imports/{Import.objects.get().pk}"
    client.post(f"{at}/run")
    run_waiting_jobs()

    client.post(f"{at}/undo")
    run_waiting_jobs()

    assert "This import was undone" in client.get(at + "/").content.decode()
    assert not Customer.objects.current().exists()


def test_the_reading_can_be_corrected(as_, ada):
    client = as_(ada)
    upload(client, FILE)
    at = f"/imports/{Import.objects.get().pk}"

    client.post(f"{at}/read", {"encoding": "cp1252", "delimiter": ",", "quote": '"', "header": "0"})
    assert "Column 1" in client.get(f"{at}/file").content.decode()
    assert client.post(f"{at}/read", {"encoding": "klingon"}).status_code == 422
    assert client.post(f"{at}/read", {"delimiter": "xx", "header": "999999999999"}).status_code == 422
    assert client.post(f"{at}/read", {"delimiter": ";", "header": "1"}).status_code == 302


def test_a_bad_file_is_told_on_the_page(as_, ada):
    response = upload(as_(ada), b"\x89PNG\r\n\x1a\n")

    assert response.status_code == 422
    assert "no table" in response.content.decode()
    assert not Import.objects.exists()


def test_htmx_is_sent_to_the_next_step(as_, ada):
    response = upload(as_(ada), FILE, HTTP_HX_REQUEST="true")

    assert response["HX-Redirect"].endswith("/file")


def test_the_state_is_told_only_when_it_changed(as_, ada):
    client = as_(ada)
    upload(client, FILE)
    brought = Import.objects.get()
    at = f"/imports/{brought.pk}"
    client.post(f"{at}/choose", {"on_duplicate": "skip", "key": "email"})
    page = client.get(f"{at}/preview").content.decode()
    seen = page.split("seen=")[1].split('"')[0]

    assert client.get(f"{at}/state?seen={seen}").status_code == 204
    run_waiting_jobs()
    assert client.get(f"{at}/state?seen={seen}").status_code == 200


def test_columns_filled_twice_are_refused_and_stay_typed(as_, ada):
    client = as_(ada)
    upload(client, FILE)
    at = f"/imports/{Import.objects.get().pk}"

    response = client.post(f"{at}/map", {"column-0": "name", "column-1": "name"})

    assert response.status_code == 422
    assert "Two columns fill" in response.content.decode()


def test_the_template_has_the_fixed_header(as_, ada):
    content = as_(ada).get("/imports/template/customers.csv").content.decode("utf-8-sig")
    assert content.splitlines()[0] == "name,email,phone,industry,website,address,status"


def test_strangers_find_nothing(as_, ada, person):
    from leadline.core.actions import Actor

    client = as_(ada)
    upload(client, FILE)
    brought = Import.objects.get()
    manager = Actor(person("sales-manager", "mia"))
    client = as_(manager)

    for name in ("", "file", "columns", "duplicates", "preview", "state", "rejected", "rejected.csv"):
        assert client.get(f"/imports/{brought.pk}/{name}").status_code == 404, name
    for verb in ("read", "map", "choose", "check", "answer", "run", "cancel", "undo", "correct"):
        assert client.post(f"/imports/{brought.pk}/{verb}").status_code == 404, verb
    seller = Actor(person("inside-sales", "sam"))
    assert as_(seller).get("/imports/start").status_code == 403
    assert upload(as_(seller), FILE).status_code == 403


@pytest.mark.parametrize(
    "data",
    [
        {"column-0": "owner_id"},
        {"column-99": "name"},
        {"column-0": "x" * 1000},
        {"cell-1-1": "x", "cell-abc": "y", "form-0": "<script>"},
    ],
)
def test_hostile_forms_are_refused_in_words(as_, ada, data):
    client = as_(ada)
    upload(client, FILE)
    at = f"/imports/{Import.objects.get().pk}"

    for verb in ("map", "choose", "answer", "run", "correct", "cancel", "undo", "read"):
        assert client.post(f"{at}/{verb}", data).status_code in (302, 422), verb


def test_a_required_column_that_nothing_fills_is_told_where_columns_are_chosen(as_, ada):
    """CUS-19: not three steps later; what was chosen stays."""
    client = as_(ada)
    upload(client, b"Company;E-mail;City\nAcme;info@acme.example;Solo\n")
    at = f"/imports/{Import.objects.get().pk}"

    response = client.post(f"{at}/map", {"column-0": "", "column-1": "email", "column-2": "city"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose the column that holds “Name”." in page
    assert '<option value="email" selected>' in page
    assert "“Name”" in client.get(f"{at}/columns").content.decode()


def test_a_file_that_only_updates_needs_no_more_than_what_customers_are_known_by(as_, ada):
    """CUS-19: said in the step of columns, kept for the next."""
    client = as_(ada)
    upload(client, b"E-mail;City\ninfo@acme.example;Solo\n")
    brought = Import.objects.get()
    mapping = {"column-0": "email", "column-1": "city"}
    assert client.post(f"/imports/{brought.pk}/map", mapping).status_code == 422

    response = client.post(f"/imports/{brought.pk}/map", {**mapping, "only_update": "on"})

    brought.refresh_from_db()
    assert response["Location"] == f"/imports/{brought.pk}/duplicates"
    assert (brought.on_duplicate, brought.key) == ("update", "email")


def test_the_result_links_to_just_the_customers_of_the_import(as_, ada, make_customer):
    """CUS-19: by the history, so that what came in at the same time by hand stays out of it."""
    client = as_(ada)
    make_customer(name="Old", email="old@x.example")
    upload(client, b"Name,E-mail,City\nOld,old@x.example,Solo\nNew,new@x.example,Solo\n", name="march.csv")
    at = f"/imports/{Import.objects.get().pk}"
    client.post(f"{at}/map", {"column-0": "name", "column-1": "email", "column-2": "city"})
    client.post(f"{at}/choose", {"on_duplicate": "update", "key": "email"})
    client.post(f"{at}/run")
    run_waiting_jobs()
    make_customer(name="Beside", email="beside@x.example")

    page = client.get(f"{at}/").content.decode()
    created, updated = (html.unescape(link) for link in re.findall(r'figure-card" href="([^"]+)"', page))
    shown = client.get(created).content.decode()

    assert "Created by “Import march.csv”" in shown
    assert names_in(shown) == ["New"]
    assert names_in(client.get(updated).content.decode()) == ["Old"]


def names_in(page):
    return re.findall(r'<a class="clip" href="/customers/\d+/">([^<]+)</a>', page)
