"""Those above that keep a copy of what changes about users of the platform (design 2: call down, publish up).

An event and a job for each batch would say so later, thirty times a second; a copy that a list is ordered by
has to be true in the same transaction. So whoever keeps one says how, as holders of personal data do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Follower = Callable[[list[int]], None]
_followers: list[Follower] = []


def follows_pulses(follower: Follower) -> Follower:
    """Let a function know which pulses a transaction has just written, in that transaction.

    It is called with keys of users, and locks what it changes in the order of its keys.
    """
    _followers.append(follower)
    return follower


def tell_followers(user_ids: Iterable[int]) -> None:
    """The pulses of these users are other than before, perhaps."""
    ids = list(user_ids)
    for follower in _followers if ids else ():
        follower(ids)
