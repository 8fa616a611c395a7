"""Pages of what stands on the timeline: activities, notes and their files (TIM-1, TIM-2)."""

from django.core.files.uploadedfile import SimpleUploadedFile

from leadline.timeline.models import Activity, Attachment, Note


def page(customer, tab=""):
    return f"/customers/{customer.pk}/{tab}"


def test_an_activity_is_logged_corrected_and_taken_off(cast, make, as_):
    """TIM-2"""
    acme = make.customer(cast.rosa)
    client = as_(cast.rosa, htmx=True)
    typed = {
        "kind": "call",
        "title": "Renewal",
        "outcome": "connected",
        "duration": "12",
        "at": "2026-03-04T10:30",
    }

    logged = client.post(page(acme, "activities/log"), typed)
    activity = Activity.objects.get(customer_id=acme.pk)
    client.post(f"/activities/{activity.pk}/edit", {**typed, "title": "Renewal terms"})
    corrected = Activity.objects.get(customer_id=acme.pk)
    client.post(f"/activities/{activity.pk}/archive")

    assert "activity-changed" in logged["HX-Trigger"]
    assert (corrected.title, corrected.duration) == ("Renewal terms", 12)
    assert "Renewal" not in client.get(page(acme, "activities")).content.decode()


def test_a_correction_over_somebody_elses_is_told(cast, make, as_):
    """ALL-1"""
    acme = make.customer(cast.rosa)
    activity = make.activity(acme, title="Call", author=cast.rosa)
    seen = {"kind": "call", "at": "2026-03-04T10:30", "version": activity.version}
    address = f"/activities/{activity.pk}/edit"
    as_(cast.mira, htmx=True).post(address, {**seen, "title": "Hers"})

    refused = as_(cast.rosa, htmx=True).post(address, {**seen, "title": "Mine"})
    now_at = Activity.objects.get(pk=activity.pk)
    chosen = {
        **seen,
        "title": "Mine",
        "take_theirs": "title",
        "theirs_title": "Hers",
        "version": now_at.version,
    }
    as_(cast.rosa, htmx=True).post(address, chosen)

    assert refused.status_code == 422
    assert "Mira Okafor" in refused.content.decode()
    assert Activity.objects.get(pk=activity.pk).title == "Hers"


def test_notes_are_markdown_that_can_do_no_harm(cast, make, as_):
    """CUS-12"""
    acme = make.customer(cast.rosa)
    hostile = "**bold** <script>alert(1)</script> [x](javascript:alert(1)) ![i](http://tracker/x.png)"

    as_(cast.rosa, htmx=True).post(page(acme, "notes/write"), {"body": hostile})

    text = as_(cast.rosa).get(page(acme, "notes")).content.decode()
    assert "<strong>bold</strong>" in text
    assert "<script>alert" not in text
    assert 'href="javascript' not in text
    assert 'tracker/x.png"' not in text


def test_a_file_of_a_note_is_only_ever_a_download(cast, make, as_, settings, tmp_path):
    """CUS-12"""
    settings.LEADLINE_DATA = tmp_path
    acme = make.customer(cast.rosa)
    file = SimpleUploadedFile("../../evil.html", b"<script>alert(1)</script>", content_type="text/html")

    as_(cast.rosa, htmx=True).post(page(acme, "notes/write"), {"body": "See file", "files": [file]})
    attachment = Attachment.objects.get()
    response = as_(cast.rosa).get(f"/attachments/{attachment.pk}")

    assert attachment.name == "evil.html"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert as_(cast.otto).get(f"/attachments/{attachment.pk}").status_code == 404


def test_an_edited_note_shows_what_it_said_before(cast, make, as_):
    """CUS-12"""
    acme = make.customer(cast.rosa)
    note = make.note(acme, "Old words", author=cast.rosa)
    client = as_(cast.rosa, htmx=True)

    client.post(f"/notes/{note.pk}/edit", {"body": "New words", "version": note.version})
    stale = client.post(f"/notes/{note.pk}/edit", {"body": "Mine", "version": note.version})

    assert stale.status_code == 422
    assert "New words" in stale.content.decode()
    assert "Old words" in client.get(f"/notes/{note.pk}/history").content.decode()
    assert Note.objects.get().body == "New words"


def test_the_timeline_is_filtered_by_its_address(cast, make, as_):
    """TIM-1"""
    acme = make.customer(cast.rosa)
    make.activity(acme, title="A call", kind="call")
    make.activity(acme, title="A meeting", kind="meeting")
    make.note(acme, "A note about tea")
    client = as_(cast.rosa)

    calls = client.get(page(acme, "activities") + "?kind=call").content.decode()
    tea = client.get(page(acme, "activities") + "?q=tea").content.decode()
    nonsense = client.get(page(acme, "activities") + "?kind=x&user=abc&since=99&before=junk_1&outcome=%00")

    assert "A call" in calls
    assert "A meeting" not in calls
    assert "A note about tea" in tea
    assert nonsense.status_code == 200


def test_files_are_added_to_a_note_later_and_taken_off(cast, make, as_, settings, tmp_path):
    """CUS-12: by its author; a colleague who only logs may not, a stranger finds nothing."""
    settings.LEADLINE_DATA = tmp_path
    acme = make.customer(cast.rosa)
    note = make.note(acme, "See file", author=cast.rosa)
    file = SimpleUploadedFile("offer.pdf", b"%PDF")

    as_(cast.rosa, htmx=True).post(f"/notes/{note.pk}/edit", {"body": "See file", "files": [file]})
    kept = Attachment.objects.get()

    assert "offer.pdf" in as_(cast.rosa).get(page(acme, "notes")).content.decode()
    assert as_(cast.otto).post(f"/attachments/{kept.pk}/remove").status_code == 404
    assert as_(cast.sam).post(f"/attachments/{kept.pk}/remove").status_code == 403
    assert as_(cast.rosa, htmx=True).post(f"/attachments/{kept.pk}/remove").status_code == 200
    assert "offer.pdf" not in as_(cast.rosa).get(page(acme, "notes")).content.decode()
    assert as_(cast.rosa).get(f"/attachments/{kept.pk}").status_code == 404


def test_what_is_on_the_timeline_is_opened_for_its_author_and_for_who_may_edit(cast, make, as_):
    customer = make.customer(cast.rosa)
    note, call, contact = make.note(customer), make.activity(customer), make.contact(customer)

    for address in (f"/notes/{note.pk}/edit", f"/activities/{call.pk}/edit", f"/contacts/{contact.pk}/edit"):
        assert as_(cast.rosa).get(address).status_code == 200
        assert as_(cast.aud).get(address).status_code == 403
        assert as_(cast.otto).get(address).status_code == 404
