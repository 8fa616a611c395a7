"""The played platform: the same for the same seed, taken in whole, sent again after a failure (PLT-8)."""

from datetime import timedelta

import pytest

from leadline.config.demo.platform import play_platform
from leadline.config.playing import Play, Player
from leadline.config.playing.players import players_among
from leadline.config.playing.sending import perform
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.platform.actions import ingest_events
from leadline.platform.models import Payment, PlatformEvent, PlatformUser

MOMENT = now()


def played(seed, count=400):
    play = Play([Player(f"p-{n}", country="ID") for n in range(10)], seed=seed, run="r")
    return play.events(count, since=MOMENT - timedelta(minutes=5), until=MOMENT)


def test_the_same_seed_plays_the_same():
    assert played(1) == played(1) != played(2)


def test_all_that_is_played_is_understood(cast, by):
    taken = ingest_events(played(3), by=by(cast.ada))

    assert (taken.accepted, taken.refused) == (400, [])
    assert set(Payment.objects.values_list("state", flat=True)) == {"done", "failed"}


def test_customers_play_and_are_known(cast, make):
    make.contact(make.customer(cast.rosa, country="ID"), email="ana@example.com")

    known, stranger = players_among(5, 1, run="r")

    assert (known.email, known.country, known.is_known) == ("ana@example.com", "ID", True)
    assert (stranger.email, stranger.is_known) == ("", False)


def test_the_demo_has_four_weeks_and_somebody_online(cast, make, by):
    make.contact(make.customer(cast.rosa), email="ana@example.com")
    events = play_platform(3, seed=1, by=by(cast.house, via="cli"))

    assert PlatformEvent.objects.count() == events > 4_000
    assert PlatformUser.objects.filter(pulse__online_since__isnull=False).exists()


class Flaky:
    """A server that fails each second time, after it has taken the events in."""

    def __init__(self, by):
        self.by, self.count = by, 0

    def send(self, events):
        taken = ingest_events(events, by=self.by)
        self.count += 1
        if self.count % 2:
            raise RuleBroken("The answer got lost.")
        return {"accepted": taken.accepted, "duplicates": taken.duplicates, "rejected": len(taken.refused)}


@pytest.mark.django_db
def test_what_was_lost_on_the_way_is_sent_again_and_counts_once(cast, by):
    play = Play([Player("p-1")], seed=1, run="r")

    sent = perform(play, Flaky(by(cast.ada)), rate=40, seconds=0.5)

    assert sent.failures
    assert sent.sent == PlatformEvent.objects.count() == sent.accepted + sent.duplicates
