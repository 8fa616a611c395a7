"""What is limited: tries by account, by address and by browser (PPL-6)."""

from django.http import HttpRequest

from leadline.people.signing.actions.throttling import Limit
from leadline.people.signing.digests import digest_of
from leadline.people.signing.origin import address_of, network_of

MINUTE = 60


def for_password(email: str, address: str | None, browser: str = "") -> list[Limit]:
    """Tries of a password.

    `browser` is the mark of one in which this person signed in before: it has a limit of its own, so that
    strangers who guess can't keep the owner out. Everybody else is limited by account and address together,
    by account, and by address.
    """
    account = digest_of(email.strip().casefold())[:40]
    if browser:
        return [Limit(f"known:{account}:{browser}", free=8, longest=15 * MINUTE)]
    network = network_of(address)
    return [
        Limit(f"pair:{account}:{network}", free=5, longest=15 * MINUTE),
        Limit(f"account:{account}", free=20, longest=5 * MINUTE),
        Limit(f"address:{network}", free=60, longest=15 * MINUTE),
    ]


def for_factor(user_id: int) -> list[Limit]:
    """Tries of a code after the password was right: about a hundred guesses a day."""
    return [Limit(f"factor:{user_id}", free=5, longest=15 * MINUTE)]


def for_passkey(request: HttpRequest) -> list[Limit]:
    """Passkeys that say alone who it is, from one address."""
    return [Limit(f"passkey:{network_of(address_of(request))}", free=20, longest=15 * MINUTE)]


def for_confirming(user_id: int) -> list[Limit]:
    """Tries of a signed-in person's own password."""
    return [Limit(f"confirm:{user_id}", free=5, longest=15 * MINUTE)]


def for_new_email(user_id: int, email: str) -> list[Limit]:
    """Links to a new e-mail: three an hour for a person without waiting, and as many for an address."""
    account = digest_of(email.strip().casefold())[:40]
    return [
        Limit(f"new-email:{user_id}", free=3, longest=15 * MINUTE),
        Limit(f"mail:{account}", free=3, longest=15 * MINUTE),
    ]


def for_mail(email: str, address: str | None) -> list[Limit]:
    """Asking for a mail: three an hour for an account without waiting, twenty for an address."""
    account = digest_of(email.strip().casefold())[:40]
    return [
        Limit(f"mail:{account}", free=3, longest=15 * MINUTE),
        Limit(f"mail-from:{network_of(address)}", free=20, longest=15 * MINUTE),
    ]
