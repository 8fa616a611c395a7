"""The played platform: the same for the same seed, taken in whole, sent again after a failure (PLT-8)."""

from datetime import timedelta

import pytest

from leadline.config.demo.platform import play_platform
from leadline.config.playing import Play, Player
from leadline.config.playing.checking import what_is_stored
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


class Deaf(Flaky):
    """A server that answers well and keeps nothing of each second batch."""

    def send(self, events):
        self.count += 1
        if self.count % 2:
            ingest_events(events, by=self.by)
        return {"accepted": len(events), "duplicates": 0, "rejected": 0}


@pytest.mark.django_db
def test_what_is_missing_or_doubled_is_told(cast, by):
    sent = perform(
        Play([Player("p-1")], seed=1, run="deaf"), Deaf(by(cast.ada)), rate=40, seconds=1.2, days=7
    )
    found = what_is_stored(sent, run="deaf", days=7)
    assert 0 < found.missing < sent.sent
    assert not found.is_well

    sent = perform(
        Play([Player("p-2")], seed=2, run="well"),
        Flaky(by(cast.ada)),
        rate=40,
        seconds=0.4,
        days=7,
        twice_each=2,
    )
    found = what_is_stored(sent, run="well", days=7)
    assert (found.is_well, found.stored) == (True, sent.sent)
    event = PlatformEvent.objects.filter(event_id__startswith="well-").first()
    PlatformEvent.objects.create(
        id=event.pk + 1,
        at=event.at,
        user_id=event.user_id,
        kind=event.kind,
        event_id=event.event_id,
        received_at=event.received_at,
    )
    assert what_is_stored(sent, run="well", days=7).doubled == 1
