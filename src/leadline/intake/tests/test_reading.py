"""Letters are read whatever they are made of, and never do harm (LEA-2)."""

import pytest

from leadline.intake.reading import Unreadable, read_letter, sign_of
from leadline.intake.tests.conftest import letter

HTML = (
    "<html><head><title>T</title><style>p {color: red}</style></head><body><p>Dear&nbsp;all,</p>"
    "<script>alert(1)</script><div>please <b>call</b><br>me</div></body></html>"
)


def mixed(*parts, subtype="mixed"):
    body = "".join(f"--x\r\n{part}\r\n" for part in parts) + "--x--\r\n"
    return letter(body, Content_Type=f"multipart/{subtype}; boundary=x")


def test_who_wrote_what_when():
    read = read_letter(
        letter(
            "Halo,\r\n\r\nsaya tertarik.",
            sender="=?utf-8?q?Budi_S=C3=A4ntoso?= <Budi@Kopi.Example>",
            Subject="=?iso-8859-1?Q?F=FCr?= =?utf-8?b?IFNpZQ==?=",
            Date="Thu, 26 Nov 2026 09:00:00 +0700",
        )
    )

    assert (read.sender, read.sender_name) == ("budi@kopi.example", "Budi Säntoso")
    assert (read.subject, read.text) == ("Für Sie", "Halo,\n\nsaya tertarik.")
    assert read.sent_at.isoformat() == "2026-11-26T02:00:00+00:00"
    assert read.recipients == ("sales@house.example",)


def test_html_becomes_words_and_text_is_preferred():
    html = read_letter(letter(HTML, Content_Type="text/html"))
    both = read_letter(
        mixed(
            "Content-Type: text/plain\r\n\r\nThe plain one",
            f"Content-Type: text/html\r\n\r\n{HTML}",
            subtype="alternative",
        )
    )

    assert html.text == "Dear all,\n\nplease call\nme"
    assert both.text == "The plain one"


def test_files_come_along_by_name_and_never_as_text():
    read = read_letter(
        mixed(
            "Content-Type: text/plain\r\n\r\nSee the file",
            "Content-Type: text/html\r\n"
            'Content-Disposition: attachment; filename="../../etc/x.html"\r\n\r\n<script>',
            'Content-Type: application/pdf; name="=?utf-8?b?w6QucGRm?="\r\n'
            "Content-Transfer-Encoding: base64\r\n\r\nJVBERg==",
            "Content-Type: message/rfc822\r\n\r\nSubject: Within\r\n\r\nInner text",
        )
    )

    assert read.text == "See the file"
    assert [file.name for file in read.files] == ["../../etc/x.html", "ä.pdf", "file.rfc822"]
    assert read.files[1].content == b"%PDF"
    assert b"Inner text" in read.files[2].content


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        (b"gr\xfc\xdfe", "iso-8859-1", "grüße"),
        (b"gr\xc3\xbc\xc3\x9fe", "iso-2022-martian", "grüße"),
        (b"gr\xfc\xdfe", "utf-8", "grüße"),
        (b"a\x00b\x1b[31m", "us-ascii", "ab[31m"),
        ("\u202egpj.exe".encode(), "utf-8", "gpj.exe"),
        (b"plain", "utf-8\x00", "plain"),
    ],
)
def test_wrong_encodings_are_survived(content, charset, text):
    head = f"From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\n\r\n".encode()

    assert read_letter(head + content).text == text


def test_a_known_letter_is_known_again_however_it_is_folded():
    one = letter(Message_ID="<7@kopi.example>")

    assert read_letter(one).digest == read_letter(one.replace(b"buy", b"sell")).digest
    assert read_letter(letter(Message_ID=None)).digest == read_letter(letter(Message_ID=None)).digest
    assert read_letter(one).digest != read_letter(one.replace(b"budi@", b"ani@")).digest


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\x01\x02",
        b"not a letter at all",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "{}".encode("utf-16"),
    ],
)
def test_what_is_no_letter_is_refused(raw):
    with pytest.raises(Unreadable):
        read_letter(raw)


@pytest.mark.parametrize(
    "raw",
    [
        letter("x", sender='"a\\" <a@b.example>, ' * 2000),
        letter("x", sender="=?utf-8?b?%%%?= <a@b.example>"),
        letter("x", Date="Mon, 99 Foo 99999 99:99:99 +9999999"),
        letter("x", Subject="=?utf-8?q?" + "=C3" * 5000 + "?="),
        letter("x", Content_Type="multipart/mixed; boundary=" + "y" * 5000),
        letter("x", Content_Type="text/plain; charset*0*=utf-8''%E0%A4%A; charset*1=\"\""),
        letter("%%%", Content_Type="application/pdf", Content_Transfer_Encoding="base64"),
        letter("", **{f"X_{n}": "y" * 900 for n in range(2000)}),
        mixed(*["Content-Type: text/plain\r\n\r\na"] * 5000),
        b"From: a@b.example\r\n"
        + b"\r\n".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d" % (n, n) for n in range(3000)
        ),
        letter("<div>" * 100_000, Content_Type="text/html"),
        letter("<" * 200_000, Content_Type="text/html"),
    ],
    ids=range(12),
)
def test_hostile_letters_are_read_or_refused_with_bounds(raw):
    try:
        read = read_letter(raw)
    except Unreadable:
        return
    assert len(read.text) <= 20_000
    assert len(read.files) <= 20
    assert "\n" not in read.subject + read.sender + read.sender_name


@pytest.mark.parametrize(
    ("sign", "changed"),
    [
        ("nobody", {"sender": ""}),
        ("nobody", {"sender": "undisclosed recipients:;"}),
        ("bounce", {"Return_Path": "<>"}),
        ("bounce", {"Content_Type": "multipart/report; boundary=x"}),
        ("automatic", {"Auto_Submitted": "auto-replied (vacation)"}),
        ("automatic", {"Precedence": "auto_reply"}),
        ("automatic", {"X_Autoreply": "yes"}),
        ("list", {"Precedence": "Bulk"}),
        ("list", {"List_Id": "<all.example.com>"}),
        ("list", {"List_Unsubscribe": "<mailto:off@example.com>"}),
        ("no_reply", {"sender": "MAILER-DAEMON@mx.example"}),
        ("no_reply", {"sender": "no-reply+17@shop.example"}),
        ("spam", {"X_Spam_Flag": "YES"}),
        ("forged", {"Authentication_Results": "mx; spf=pass; dmarc=fail"}),
        ("own", {"X_Leadline": "house.example"}),
        ("", {"Auto_Submitted": "no"}),
        ("", {"X_Leadline": "another.example"}),
        ("", {"sender": "Nora Reply <nora.reply@kopi.example>"}),
    ],
)
def test_what_speaks_against_a_letter(sign, changed):
    assert sign_of(read_letter(letter(**changed)), is_ours=False, house="house.example") == sign
