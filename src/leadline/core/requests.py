"""The request as views get it: who is asking is known."""

from typing import Any

from django.http import HttpRequest

from leadline.core.actions import Actor


class Request(HttpRequest):
    """A request of somebody who signed in; `actor` does what is done by it.

    `user` is the project's user model (settings.AUTH_USER_MODEL), which core knows only by that name.
    """

    user: Any
    actor: Actor
    open_session: Any  # people.signing.recognising.OpenSession; None for a stranger
