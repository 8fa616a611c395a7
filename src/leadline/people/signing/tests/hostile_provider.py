"""A provider on the loopback interface that answers what a test wants, right or wrong."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey


class HostileProvider:
    """What it says about itself, its keys and its tokens can be set."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.published = [self.key]
        self.issuer = self.token = ""
        self.answers: dict[str, Any] = {}
        self.asked: list[str] = []

    def claims(self, asked_nonce: str, /, **changed: Any) -> dict[str, Any]:
        """The claims of a right token, changed as a test wants."""
        moment = int(time.time())
        right = {
            "iss": self.issuer,
            "aud": "leadline",
            "sub": "rosa-there",
            "iat": moment,
            "exp": moment + 300,
            "nonce": asked_nonce,
            "email": "rosa@example.com",
            "email_verified": True,
        }
        return {name: value for name, value in {**right, **changed}.items() if value is not None}

    def sign(self, claims: dict[str, Any], key: RSAKey | None = None) -> None:
        """The token that comes next."""
        used = key or self.key
        self.token = jwt.encode({"alg": "RS256", "kid": used.kid}, claims, used)

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for a path."""
        self.asked.append(path)
        if path in self.answers:
            return self.answers[path]
        if path == "/.well-known/openid-configuration":
            said = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        elif path == "/keys":
            said = {"keys": [key.as_dict(private=False) for key in self.published]}
        else:
            said = {"token_type": "Bearer", "access_token": "x", "id_token": self.token}
        return 200, {}, json.dumps(said).encode()


@contextmanager
def hostile() -> Iterator[HostileProvider]:
    """The provider, listening."""
    provider = HostileProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = provider.answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            """The test tells what went wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
