"""Doing a request once, however often it is sent (Idempotency-Key), and wholly or not at all."""

import functools
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from leadline.api.bodies import content_of
from leadline.api.models import IdempotencyKey
from leadline.api.problems import Problem
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request

KEPT_FOR = timedelta(hours=24)
LONGEST_KEY = 200
KEPT_HEADERS = ("Location", "ETag", "Content-Type")
Operation = Callable[..., HttpResponse]

# Waits for another request with the same key until that one is done, and then inserts nothing.
_CLAIM = """
INSERT INTO api_idempotencykey (user_id, key, digest, headers, body, created_at)
VALUES (%s, %s, %s, '{}', '', %s) ON CONFLICT (user_id, key) DO NOTHING RETURNING id
"""


def once(operation: Operation) -> Operation:
    """Run what writes in one transaction; a POST with a key that was seen answers as it did then.

    The key is claimed in the same transaction, so a refused request leaves nothing and may be sent again.
    Without a token there is neither: each action is whole by itself, and what a refused request was charged
    of its address's limit stays charged (LEA-2). Nor is there where all is one action, and no key.
    """

    @functools.wraps(operation)
    def run(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return operation(request, *args, **kwargs)
        if request.user.pk is None:  # a stranger has no requests of one's own, and is counted when refused
            return operation(request, *args, **kwargs)
        key = _key_of(request)
        digest = _digest_of(request) if key else ""
        if not key and getattr(operation, "is_one_action", False):
            return operation(request, *args, **kwargs)
        with transaction.atomic():
            if not key:
                return operation(request, *args, **kwargs)
            claim = _claim(request.user.pk, key, digest)
            if claim is None:
                return _again(request.user.pk, key, digest)
            response = operation(request, *args, **kwargs)
            _keep(claim, response)
            return response

    return run


def one_action(operation: Operation) -> Operation:
    """Say of an operation that all it writes, it writes by one action."""
    operation.is_one_action = True  # type: ignore[attr-defined]
    return operation


def forget_old_keys() -> int:
    """Forget what was answered more than a day ago; returns how many."""
    return IdempotencyKey.objects.filter(created_at__lt=now() - KEPT_FOR).delete()[0]


def _key_of(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
    if len(key) > LONGEST_KEY or not key.isprintable() or not key.isascii():
        message = _("A key has at most %(most)s ASCII characters.") % {"most": LONGEST_KEY}
        raise Problem(400, message, errors=[RuleBroken(message, "Idempotency-Key", key)])
    return key


def _digest_of(request: Request) -> str:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":  # its boundary is another one each time it is sent
        for name, values in sorted(request.POST.lists()):
            digest.update(repr((name, values)).encode(errors="replace"))
        for name, file in sorted(request.FILES.items()):
            assert isinstance(file, UploadedFile)
            digest.update(repr((name, file.name)).encode(errors="replace"))
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    else:
        digest.update(content_of(request))
    return digest.hexdigest()


def _claim(user_id: int, key: str, digest: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [user_id, key, digest, now()])
        row = cursor.fetchone()
    return row[0] if row else None


def _again(user_id: int, key: str, digest: str) -> HttpResponse:
    kept = IdempotencyKey.objects.get(user_id=user_id, key=key)
    if kept.digest != digest:
        message = _("This key was used for another request. Use a new key for each request.")
        raise Problem(422, message, errors=[RuleBroken(message, "Idempotency-Key", key)])
    response = HttpResponse(bytes(kept.body), status=kept.status or 200)
    for name, value in kept.headers.items():
        response.headers[name] = value
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _keep(claim: int, response: HttpResponse) -> None:
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    IdempotencyKey.objects.filter(pk=claim).update(
        status=response.status_code, headers=headers, body=response.content
    )
