"""Somebody pays in on the platform, and documents as people bring them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from leadline.core.clock import now
from leadline.platform.actions import ingest_events

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def pays(email: str, *, amount: str = "250", number: int = 1, kind: str = "deposited", by: Any) -> None:
    """A deposit of the user of the platform with this e-mail."""
    user = {"id": f"u-{email}", "email": email, "name": "Ayu Lestari"}
    paid = {"amount": amount, "currency": "EUR", "method": "card"}
    event = {"id": f"{email}-{number}", "kind": kind, "time": now().isoformat(), "user": user, **paid}
    assert ingest_events([event], by=by).accepted == 1


def document(name: str = "passport.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="text/html")
