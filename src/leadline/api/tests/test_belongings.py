"""Contacts, notes and activities through the API (CUS-11, CUS-12, TIM-2)."""

from django.core.files.uploadedfile import SimpleUploadedFile

from leadline.api.tests.conftest import errors_of
from leadline.timeline.models import Note


def test_contacts_are_added_changed_made_primary_moved_archived_and_restored(program, cast, make):
    customer, other = make.customer(cast.rosa), make.customer(cast.rosa)
    rosa = program(cast.rosa)

    ana = rosa.post("contacts", {"customer": customer.pk, "name": "Ana", "email": "ana@example.com"})
    ben = rosa.post(f"customers/{customer.pk}/contacts", {"name": "Ben", "email": "ben@example.com"})

    assert (ana.status_code, ben.status_code) == (201, 201), (ana.content, ben.content)
    ana, ben = ana.json(), ben.json()
    assert (ana["is_primary"], ben["is_primary"]) == (True, False)
    assert ana["customer"] == {"id": customer.pk, "name": customer.name}
    assert rosa.post(f"contacts/{ben['id']}/primary").json()["is_primary"] is True
    assert rosa.get(f"contacts/{ana['id']}").json()["is_primary"] is False
    assert rosa.patch(f"contacts/{ben['id']}", {"title": "Buyer"}).json()["title"] == "Buyer"
    assert (
        rosa.post(f"contacts/{ben['id']}/move", {"customer": other.pk}).json()["customer"]["id"] == other.pk
    )
    assert rosa.post(f"contacts/{ana['id']}/archive").json()["archived"] is True
    assert rosa.get(f"customers/{customer.pk}/contacts").json()["data"] == []
    assert rosa.post(f"contacts/{ana['id']}/restore").json()["archived"] is False
    assert rosa.get("contacts?sort=-name").json()["data"][0]["name"] == "Ben"


def test_a_contact_needs_a_name_and_an_email_and_is_not_moved_by_a_change(program, cast, make):
    contact = make.contact(make.customer(cast.rosa))
    rosa = program(cast.rosa)

    missing = rosa.post(f"customers/{contact.customer_id}/contacts", {"title": "Buyer"})
    assert set(errors_of(missing)) == {"name", "email"}
    assert set(errors_of(rosa.post("contacts", {"name": "Ana"}))) == {"customer"}
    assert set(errors_of(rosa.patch(f"contacts/{contact.pk}", {"customer": 1}))) == {"customer"}


def test_notes_are_written_pinned_changed_archived_and_restored(program, cast, make):
    customer = make.customer(cast.rosa)
    rosa = program(cast.rosa)

    written = rosa.post(f"customers/{customer.pk}/notes", {"body": "# Hello", "pin": True})

    assert written.status_code == 201, written.content
    note = written.json()
    assert (note["pinned"], note["author"]["id"], note["customer"]["id"]) == (True, cast.rosa.pk, customer.pk)
    path = f"notes/{note['id']}"
    assert rosa.post(f"{path}/unpin").json()["pinned"] is False
    assert rosa.post(f"{path}/pin").json()["pinned"] is True
    assert rosa.patch(path, {"body": "Other words"}).json()["body"] == "Other words"
    assert rosa.post(f"{path}/archive").status_code == 200
    assert rosa.get("notes").json()["data"] == []
    assert rosa.post(f"{path}/restore").status_code == 200
    assert rosa.get(f"customers/{customer.pk}/notes?fields=body").json()["data"] == [
        {"id": note["id"], "body": "Other words"}
    ]
    assert rosa.post("notes", {"customer": customer.pk, "body": "Second"}).status_code == 201
    assert set(errors_of(rosa.patch(path, {"author": 1}))) == {"author"}


def test_only_the_author_or_who_may_edit_the_customer_changes_a_note(program, cast, make):
    note = make.note(make.customer(cast.rosa), author=cast.rosa)

    assert program(cast.sam).patch(f"notes/{note.pk}", {"body": "Mine"}).status_code == 403
    assert program(cast.mira).patch(f"notes/{note.pk}", {"body": "Coached"}).status_code == 200
    assert Note.objects.get(pk=note.pk).body == "Coached"


def test_activities_are_logged_corrected_and_archived(program, cast, make):
    customer = make.customer(cast.rosa)
    contact = make.contact(customer)
    rosa = program(cast.rosa)
    call = {
        "kind": "call",
        "title": "Hello",
        "duration": 15,
        "at": "2026-03-04T10:00:00+07:00",
        "contact": contact.pk,
    }

    logged = rosa.post(f"customers/{customer.pk}/activities", call)

    assert logged.status_code == 201, logged.content
    activity = logged.json()
    assert activity["at"] == "2026-03-04T03:00:00Z"
    assert activity["contact"] == {"id": contact.pk, "name": contact.name}
    assert (activity["duration"], activity["user"]["id"]) == (15, cast.rosa.pk)
    corrected = rosa.patch(
        f"activities/{activity['id']}", {"outcome": "positive", "follow_up_on": "2026-04-01"}
    )
    assert corrected.status_code == 200, corrected.content
    assert {**activity, "outcome": "positive", "follow_up_on": "2026-04-01"} == corrected.json()
    assert rosa.get(f"customers/{customer.pk}").json()["last_interaction_at"] == "2026-03-04T03:00:00Z"
    assert rosa.post(f"activities/{activity['id']}/archive").json() == {"archived": True}
    assert rosa.get(f"customers/{customer.pk}/activities").json()["data"] == []
    assert (
        rosa.post("activities", {"customer": customer.pk, "kind": "email", "title": "Sent"}).status_code
        == 201
    )


def test_what_is_wrong_with_an_activity_is_named(program, cast, make):
    customer = make.customer(cast.rosa)
    path = f"customers/{customer.pk}/activities"
    rosa = program(cast.rosa)

    assert set(errors_of(rosa.post(path, {}))) == {"kind", "title"}
    for wrong, field in (
        ({"kind": "dance"}, "kind"),
        ({"duration": 1.5}, "duration"),
        ({"duration": -1}, "duration"),
        ({"duration": 10**30}, "duration"),
        ({"at": "3/4/2026"}, "at"),
        ({"at": "1066-10-14T12:00:00Z"}, "at"),
        ({"contact": 999999}, "contact_id"),
        ({"contact": "x"}, "contact"),
        ({"outcome": "x"}, "outcome"),
        ({"user": 1}, "user"),
    ):
        refused = rosa.post(path, {"kind": "call", "title": "Hello", **wrong})
        assert refused.status_code == 422, (wrong, refused.content)
        assert field in errors_of(refused), wrong


def test_files_of_notes_are_attached_listed_fetched_removed_and_restored(program, cast, make):
    """CUS-12: by the same actions as the page; never shown by a browser, never to a stranger."""
    note = make.note(make.customer(cast.rosa), author=cast.rosa)
    rosa, otto, sam = program(cast.rosa), program(cast.otto), program(cast.sam)
    at = f"/api/v1/notes/{note.pk}/attachments"

    kept = rosa.client.post(at, {"file": SimpleUploadedFile("../<offer>.html", b"<script>x</script>")})

    assert kept.status_code == 201, kept.content
    path = kept.headers["Location"].removeprefix("/api/v1/")
    assert (kept.json()["name"], kept.json()["size"]) == ("offer.html", 18)
    assert [file["id"] for file in rosa.get(f"notes/{note.pk}/attachments").json()["data"]] == [
        kept.json()["id"]
    ]
    fetched = rosa.get(f"{path}/file")
    assert b"".join(fetched.streaming_content) == b"<script>x</script>"
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert {otto.get(path).status_code, otto.get(f"{path}/file").status_code} == {404}
    assert {otto.post(f"{path}/remove").status_code, otto.client.post(at, {}).status_code} == {404}
    assert sam.post(f"{path}/remove").status_code == 403

    assert rosa.post(f"{path}/remove").json()["removed_at"]
    assert rosa.get(f"notes/{note.pk}/attachments").json()["data"] == []
    assert rosa.get(f"{path}/file").status_code == 404
    assert rosa.post(f"{path}/restore").json()["removed_at"] is None
    assert rosa.get(f"{path}/file").status_code == 200


def test_what_is_no_file_is_refused_by_name(program, cast, make):
    note = make.note(make.customer(cast.rosa), author=cast.rosa)
    rosa = program(cast.rosa)
    at = f"/api/v1/notes/{note.pk}/attachments"

    assert errors_of(rosa.client.post(at, {"note": "1"}))["note"]
    assert rosa.post(f"notes/{note.pk}/attachments", {}).status_code == 415
