"""Notes: mentions and files (CUS-12)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leadline.core.refusals import RuleBroken
from leadline.customers import actions
from leadline.timeline import files
from leadline.timeline.actions.notes import mentioned_in
from leadline.timeline.models import Attachment, Note, Notification


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Attached files of a test go nowhere else."""
    settings.LEADLINE_DATA = tmp_path


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("@mira look", ["mira"]),
        ("Ask @Mira@Example.com, please.", ["mira@example.com"]),
        ("mail to a@b.example", []),
        ("@", []),
        ("(@otto) and @rosa.", ["otto", "rosa."]),
    ],
)
def test_what_is_a_mention(body, words):
    """CUS-12: @ before a word, not inside of an address."""
    assert [word.rstrip(".") for word in mentioned_in(body)] == [word.rstrip(".") for word in words]


def test_the_mentioned_are_told_once_if_they_see_the_customer(cast, make, by, settle):
    """CUS-12, ALL-3: Otto does not see it; telling twice adds nothing."""
    customer = make.customer(cast.rosa)
    note = make.note(customer, "@mira @otto @rosa please look", author=cast.rosa)
    settle()
    actions.edit_note(note, customer, body="@mira @sam please look again", by=by(cast.rosa))
    settle()

    told = Notification.objects.filter(kind="mention").values_list("user__name", flat=True)
    assert sorted(told) == ["Mira Okafor", "Sam Whitfield"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("offer.pdf", "offer.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\evil.exe", "evil.exe"),
        ("a\x00b\n.txt", "ab.txt"),
        ("...", "file"),
        ("x" * 300 + ".txt", ("x" * 300 + ".txt")[-200:]),
        ('"><script>.txt', "script.txt"),
    ],
)
def test_a_file_is_kept_under_a_name_nobody_steers(cast, make, by, name, kept):
    """CUS-12: outside of the web root; what it is called is only shown."""
    file = SimpleUploadedFile("a", b"words")
    file._name = name  # Django cleans names of uploads; other doors may not
    actions.write_note(make.customer(cast.rosa), body="See", files=[file], by=by(cast.rosa))

    attached = Attachment.objects.get()
    assert attached.name == kept
    assert (files.folder() / attached.path).read_bytes() == b"words"
    assert (files.folder() / attached.path).resolve().is_relative_to(files.folder().resolve())


def test_too_large_a_file_keeps_the_whole_note_out(cast, make, by):
    """ALL-1: whole or not at all."""
    file = SimpleUploadedFile("big.bin", b"")
    file.size = 26 * 1024 * 1024

    with pytest.raises(RuleBroken, match="25 MB"):
        actions.write_note(make.customer(cast.rosa), body="See", files=[file], by=by(cast.rosa))
    assert not Note.objects.exists()
