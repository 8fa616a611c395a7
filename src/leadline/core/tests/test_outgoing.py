"""Requests to addresses that people typed stay out of private networks (INT-3)."""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from leadline.core.outgoing import Unreachable, is_public, send, target_of
from leadline.core.refusals import RuleBroken


class Receiver(BaseHTTPRequestHandler):
    """Answers as its path says."""

    def do_POST(self) -> None:
        self.server.heard.append(
            (self.path, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"])))
        )  # type: ignore[attr-defined]
        if self.path.startswith("/elsewhere"):
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        if self.path == "/endless":
            for _ in range(1000):
                self.wfile.write(b"x" * 4096)
        else:
            self.wfile.write(b"thanks")

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Any]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.heard = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def allowed(settings: Any) -> None:
    settings.LEADLINE_PRIVATE_HOSTS = ["127.0.0.0/8"]


def address(receiver: Any, path: str = "/hook", host: str = "127.0.0.1") -> str:
    return f"http://{host}:{receiver.server_port}{path}"


def test_what_is_sent_arrives_with_the_name_it_was_sent_to(receiver: Any, settings: Any) -> None:
    settings.LEADLINE_PRIVATE_HOSTS = ["localhost"]

    answered = send(
        "POST", address(receiver, "/hook?a=1", "localhost"), body=b"{}", headers={"webhook-id": "7"}
    )

    ((path, headers, body),) = receiver.heard
    assert (answered.status, answered.body, answered.is_good) == (200, b"thanks", True)
    assert (path, body, headers["webhook-id"]) == ("/hook?a=1", b"{}", "7")
    assert headers["Host"] == f"localhost:{receiver.server_port}"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "127.1", "2130706433", "0x7f000001"])
def test_our_own_machine_is_out_of_reach_however_it_is_written(receiver: Any, host: str) -> None:
    with pytest.raises(Unreachable, match="private"):
        send("POST", address(receiver, host=host), body=b"{}")
    assert receiver.heard == []


@pytest.mark.parametrize(
    "host",
    [
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "[::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::a00:1]",
        "[2002:a00:1::]",
        "224.0.0.1",
        "255.255.255.255",
    ],
)
def test_private_networks_are_out_of_reach(host: str) -> None:
    with pytest.raises(Unreachable, match="private"):
        send("POST", f"http://{host}/", body=b"{}")


def test_a_name_that_answers_otherwise_the_next_time_gains_nothing(
    receiver: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LEADLINE_PRIVATE_HOSTS = ["127.0.0.2"]  # allowed, and nobody is there
    asked: list[str] = []

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host == "rebinding.example":
            asked.append(host)
        ip = "127.0.0.2" if len(asked) <= 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(Unreachable, match="connection failed"):
        send("POST", address(receiver, host="rebinding.example"), body=b"{}")
    assert (receiver.heard, asked) == ([], ["rebinding.example"])


def test_one_private_address_among_several_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(Unreachable, match="private"):
        send("POST", "http://two.example/", body=b"{}")


def test_a_redirection_is_not_followed(receiver: Any, allowed: None) -> None:
    answered = send("POST", address(receiver, "/elsewhere"), body=b"{}")

    assert (answered.status, answered.is_good, len(receiver.heard)) == (302, False, 1)


def test_an_endless_answer_is_cut(receiver: Any, allowed: None) -> None:
    assert len(send("POST", address(receiver, "/endless"), body=b"{}", most_bytes=1000).body) == 1000


def test_nobody_there_is_told_in_words(allowed: None) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Unreachable, match="connection failed"):
            send("POST", f"http://127.0.0.1:{taken.getsockname()[1]}/", body=b"{}")


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "hook",
        "ftp://example.com/",
        "file:///etc/passwd",
        "http://",
        "https://user:secret@example.com/",
        "http://exa mple.com/",
        "http://example.com/\r\nX: y",
        "http://example.com:99999/",
        "http://[fe80::1%25eth0]/",
        "https://example.com/" + "x" * 3000,
    ],
)
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(RuleBroken):
        target_of(wrong)


def test_public_addresses_are_public() -> None:
    assert is_public(ipaddress.ip_address("93.184.215.14"))
    assert is_public(ipaddress.ip_address("2606:2800:21f::1"))
