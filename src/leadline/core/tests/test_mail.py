"""Outgoing mail against a real server: sent once, tried again when it was certainly not taken."""

from datetime import timedelta

import pytest

from leadline.core import clock
from leadline.core.mail import Letter, can_send, send_letter
from leadline.core.mail.actions import claim_mail, close_lost_mail
from leadline.core.mail.models import OutgoingMail
from leadline.core.mail.transport import server_of
from leadline.core.refusals import RuleBroken

LETTER = Letter(
    subject="A line\r\nBcc: everybody@example.com",
    paragraphs=("Hello,", "this <b>is</b> it."),
    foot="Leadline",
    button="Open",
    address="http://localhost:8000/here",
)


@pytest.fixture
def sent(cast, by, settle):
    """Send the letter and let the worker work; the kept row."""

    def send(**more):
        mail = send_letter(LETTER, to="rosa@example.com", by=by(cast.house))
        settle()
        mail.refresh_from_db()
        return mail

    return send


def test_a_letter_arrives_as_text_and_html_and_is_erased_here(mailbox, sent):
    mail = sent()

    letter = mailbox.letters[0]
    assert (mail.state, mail.text, mail.html) == ("sent", "", "")
    assert letter["To"] == "rosa@example.com"
    assert "http://localhost:8000/here" in letter.get_body(("plain",)).get_content()
    assert "this &lt;b&gt;is&lt;/b&gt; it." in letter.get_body(("html",)).get_content()


def test_no_header_hides_in_a_subject_or_an_address(mailbox, sent, cast, by):
    sent()

    assert mailbox.letters[0]["Subject"] == "A line Bcc: everybody@example.com"
    assert mailbox.letters[0]["Bcc"] is None
    with pytest.raises(RuleBroken):
        send_letter(LETTER, to="rosa@example.com\nBcc: x@example.com", by=by(cast.house))


def test_a_letter_is_claimed_before_it_is_sent_and_so_sent_once(mailbox, sent, settle, by, cast):
    from leadline.core.jobs import later

    mail = sent()
    later("core.send_mail", mail_id=mail.pk)
    settle()

    assert len(mailbox.letters) == 1
    assert claim_mail(mail.pk, by=by(cast.house)) is None


def test_what_was_not_taken_for_now_is_tried_again(mailbox, sent, settle):
    mailbox.answer = "451 come back later"
    mail = sent()
    assert (mail.state, mail.tries) == ("waiting", 1)
    assert "come back later" in mail.error

    mailbox.answer = ""
    with clock.at(clock.now() + timedelta(minutes=2)):
        from leadline.core.mail.sending import send

        send(mail.pk)
    assert len(mailbox.letters) == 1


def test_what_is_refused_for_good_is_not_tried_again(mailbox, sent):
    mailbox.answer = "550 no such person"

    mail = sent()

    assert (mail.state, mail.text) == ("failed", "")
    assert "no such person" in mail.error


def test_a_server_that_is_away_is_asked_again_at_most_eight_times(settings, sent):
    from leadline.core.mail.sending import send

    settings.LEADLINE_EMAIL_URL = "smtp://127.0.0.1:1"
    mail = sent()
    for _more in range(7):
        send(mail.pk)
        mail.refresh_from_db()

    assert (mail.state, mail.tries) == ("failed", 8)


def test_a_letter_whose_worker_died_is_not_sent_again(mailbox, cast, by, settle):
    mail = send_letter(LETTER, to="rosa@example.com", by=by(cast.house))
    claim_mail(mail.pk, by=by(cast.house))
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert close_lost_mail(by=by(cast.house)) == 1
        settle()

    assert mailbox.letters == []
    assert OutgoingMail.objects.get().state == "unknown"


def test_letters_go_to_a_folder_or_to_the_console_where_that_is_asked(settings, sent, tmp_path, capsys):
    settings.LEADLINE_EMAIL_URL = f"file://{tmp_path}/out"
    mail = sent()
    assert b"Subject: A line" in (tmp_path / "out" / f"{mail.pk}.eml").read_bytes()

    settings.LEADLINE_EMAIL_URL = "console:"
    sent()
    assert "Subject: A line" in capsys.readouterr().out


def test_without_an_address_nothing_can_be_sent(settings):
    settings.LEADLINE_EMAIL_URL = ""

    assert not can_send()


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://user:p%40ss@mail.example", 587, "starttls"),
        ("smtps://mail.example", 465, "always"),
        ("smtp://localhost", 25, "never"),
        ("smtp://mail.example:2525?tls=never", 2525, "never"),
    ],
)
def test_the_address_of_a_server_says_how(url, port, tls):
    from urllib.parse import urlsplit

    server = server_of(urlsplit(url))

    assert (server.port, server.tls) == (port, tls)
    assert server.password in ("", "p@ss")
