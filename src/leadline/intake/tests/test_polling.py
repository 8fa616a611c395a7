"""Mailboxes on a real server are looked into; each letter is taken once, also after a bad end (LEA-2)."""

import pytest

from leadline.core.actions import Actor
from leadline.intake import actions, mailbox, polling
from leadline.intake.mailbox import Trouble, opened
from leadline.intake.models import IntakeAddress, Letter
from leadline.intake.tests.conftest import letter
from leadline.leads.models import Lead
from leadline.timeline.models import Activity

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The worker ends just here."""


def test_what_lies_there_is_taken_in_once_and_marked_as_seen(box, imap):
    imap.put(letter("One"), letter("Two", sender="ani@kopi.example"))

    assert polling.poll(box.pk) is False
    imap.put(letter("Three", sender="ani@kopi.example"))
    polling.poll(box.pk)
    polling.poll(box.pk)

    assert (Letter.objects.count(), Lead.objects.count(), Activity.objects.count()) == (3, 2, 3)
    box.refresh_from_db()
    assert (box.trouble, box.polled_at is not None) == ("", True)
    assert all(b"\\Seen" in each for each in imap.flags())


def test_what_came_before_stays_where_it_is(box, imap):
    imap.put(letter("Old"), came="01-Jan-2020 10:00:00 +0000")
    imap.put(letter("New"))

    polling.poll(box.pk)

    assert Letter.objects.count() == 1
    assert len([each for each in imap.flags() if b"\\Seen" in each]) == 1


@pytest.mark.parametrize("where", ["before it is marked", "after"])
def test_a_worker_that_dies_loses_and_doubles_nothing(box, imap, monkeypatch, where):
    imap.put(letter("One"), letter("Two", sender="ani@kopi.example"))
    with monkeypatch.context() as dying:
        if where == "after":
            dying.setattr("leadline.intake.mailbox.Mailbox.mark_seen", _dies)
        else:
            dying.setattr("leadline.intake.actions.taking.record_activity", _dies)
        with pytest.raises(Killed):
            polling.poll(box.pk)
    taken = Letter.objects.count()

    polling.poll(box.pk)

    assert taken == (1 if where == "after" else 0)
    assert (Letter.objects.count(), Activity.objects.count()) == (2, 2)


def _dies(*_args, **_more):
    raise Killed


def test_letters_are_known_again_when_the_server_numbers_them_anew(box, imap):
    first = letter("One")
    imap.put(first)
    polling.poll(box.pk)
    validity = IntakeAddress.objects.get().uid_validity

    imap.stop()
    imap.start()
    imap.put(first, letter("Two"))
    polling.poll(box.pk)

    assert IntakeAddress.objects.get().uid_validity != validity
    assert (Letter.objects.count(), Activity.objects.count()) == (2, 2)


def test_a_letter_that_was_marked_by_another_is_taken_by_none(box, imap, cast):
    house = Actor(cast.house, via="job")
    box = actions.place_at(box, uid_validity=7, by=house)
    once = {"door": "mailbox", "uid": 5, "uid_validity": 7, "by": house}

    assert actions.take_letter(box, letter(), **once) is not None
    assert actions.take_letter(box, letter(), **once) is None
    assert actions.take_letter(box, letter(), **{**once, "uid": 6, "uid_validity": 8}) is None
    assert Letter.objects.count() == 1


def test_what_can_not_be_read_holds_up_no_other(box, imap, monkeypatch):
    imap.put(b"\x01\x02 no letter", letter("Good"))

    polling.poll(box.pk)

    assert sorted(Letter.objects.values_list("state", flat=True)) == ["failed", "lead"]


def test_a_fault_of_ours_is_told_and_the_next_letter_is_taken(box, imap, monkeypatch):
    imap.put(letter("Bad"), letter("Good", sender="ani@kopi.example"))
    whole = actions.taking.known_sender

    def faulty(email):
        if email.startswith("budi"):
            raise ZeroDivisionError
        return whole(email)

    monkeypatch.setattr("leadline.intake.actions.taking.known_sender", faulty)
    polling.poll(box.pk)

    failed = Letter.objects.get(state="failed")
    assert "fault of ours" in failed.reason
    assert Lead.objects.get().email == "ani@kopi.example"
    assert polling.poll(box.pk) is False


def test_more_than_a_portion_goes_on_later(box, imap, monkeypatch):
    monkeypatch.setattr(polling, "PORTION", 2)
    imap.put(*[letter(sender=f"n{n}@kopi.example") for n in range(5)])

    assert [polling.poll(box.pk) for _turn in range(3)] == [True, True, False]
    assert Lead.objects.count() == 5


def test_of_a_letter_that_is_too_large_the_head_is_taken(box, imap, monkeypatch):
    monkeypatch.setattr("leadline.intake.mailbox.LARGEST", 2000)
    monkeypatch.setattr("leadline.intake.actions.taking.LARGEST_FILE", 2000)
    imap.put(letter("x" * 5000, Subject="Huge"))

    polling.poll(box.pk)

    assert Letter.objects.get().size > 5000
    assert "larger than 25 MB" in Activity.objects.get().description


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"password": "wrong"}, "does not accept this user name and password"),
        ({"folder": "Sent"}, "There is no folder “Sent”. There are: INBOX"),
        ({"port": 9}, "Nothing answers at 127.0.0.1, port 9"),
        ({"security": "tls"}, "certificate of the mail server does not hold, or it speaks no TLS"),
        ({"security": "starttls"}, "offers no STARTTLS"),
        ({"host": "nowhere.invalid"}, "The name nowhere.invalid is not known"),
    ],
)
def test_what_stands_in_the_way_is_told_in_plain_words(box, imap, changed, words):
    IntakeAddress.objects.filter(pk=box.pk).update(**{k: v for k, v in changed.items() if k != "password"})
    if "password" in changed:
        address = IntakeAddress.objects.get()
        address.password = changed["password"]
        address.save()

    polling.poll(box.pk)
    address = IntakeAddress.objects.get()
    assert words in address.trouble
    with pytest.raises(Trouble):
        polling.look(address)


def test_trouble_ends_when_the_mailbox_answers_again(box, imap):
    IntakeAddress.objects.update(port=9)
    polling.poll(box.pk)
    since = IntakeAddress.objects.get().trouble_at
    polling.poll(box.pk)
    assert IntakeAddress.objects.get().trouble_at == since

    IntakeAddress.objects.update(port=imap.port)
    polling.poll(box.pk)

    assert (IntakeAddress.objects.get().trouble, IntakeAddress.objects.get().trouble_at) == ("", None)


def test_a_private_network_is_refused_unless_it_was_allowed(box, settings):
    settings.LEADLINE_PRIVATE_HOSTS = []

    polling.poll(box.pk)

    assert "private network" in IntakeAddress.objects.get().trouble


def test_a_server_that_says_too_much_is_left(box, monkeypatch, imap):
    imap.put(letter("x" * 50_000))
    monkeypatch.setattr(mailbox, "_ROOM", 1000 - mailbox.LARGEST)

    with pytest.raises(Trouble), opened(box) as found:
        found.fetch(found.uids_after(0, box.reads_from.date())[0], box.reads_from)


def test_who_is_switched_off_or_archived_is_not_looked_into(box, imap, by, cast):
    imap.put(letter())

    actions.switch_address(box, on=False, by=by(cast.ada))
    assert polling.poll(box.pk) is False
    assert not Letter.objects.exists()
    actions.switch_address(box, on=True, by=by(cast.ada))
    polling.poll(box.pk)
    assert Letter.objects.count() == 1
