"""Between password and second factor: the browser keeps who it is, for ten minutes."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from leadline.core.clock import now
from leadline.people.models import User

KEY = "second_step"
LASTS = timedelta(minutes=10)


def expect_second_step(request: HttpRequest, user: User, *, way: str) -> None:
    """The first step was right; the signed cookie keeps who, when and how, and nothing from before."""
    request.session.flush()
    request.session[KEY] = [user.pk, user.session_epoch, now().isoformat(), way]


def who_is_expected(request: HttpRequest) -> tuple[User, str] | None:
    """The person whose second factor is awaited, and the way of the first step.

    None when nobody is, when it took too long, or when the password changed or the account closed in between.
    """
    kept = request.session.get(KEY)
    if not kept:
        return None
    user_id, epoch, at, way = kept
    if datetime.fromisoformat(at) < now() - LASTS:
        return None
    user = User.objects.active().filter(pk=user_id, session_epoch=epoch).first()
    return (user, way) if user else None
