"""Notifications: told once for each cause, each for one person (TIM-11)."""

from leadline.timeline.actions import mark_read, notify
from leadline.timeline.models import Notification
from leadline.timeline.queries import bell_of


def tell(user, cause, by, text="Told") -> None:
    """A notification about nothing."""
    notify([user.pk], kind="job", text=text, address="/", cause=cause, by=by(user))


def test_the_same_cause_tells_once(cast, by):
    """TIM-11: telling it twice adds nothing; another cause does."""
    for cause in ("job:1", "job:1", "job:2"):
        tell(cast.rosa, cause, by)

    assert bell_of(cast.rosa).unread == 2


def test_each_sees_and_reads_the_own(cast, by):
    """ALL-3: another's notification is neither seen nor marked."""
    tell(cast.rosa, "job:1", by)
    tell(cast.otto, "job:1", by)
    his = Notification.objects.visible_to(cast.otto).get()

    assert mark_read(cast.rosa, only=his.pk, by=by(cast.rosa)) == 0
    assert mark_read(cast.rosa, by=by(cast.rosa)) == 1
    assert (bell_of(cast.rosa).unread, bell_of(cast.otto).unread) == (0, 1)


def test_the_bell_stops_counting(cast, by):
    """ALL-7: "99+" costs no more than 99."""
    for number in range(101):
        tell(cast.rosa, f"job:{number}", by)

    bell = bell_of(cast.rosa)
    assert (bell.unread, bell.more) == (99, True)


def test_a_long_text_is_shortened(cast, by):
    """TIM-11: a name of 200 letters breaks no notification."""
    tell(cast.rosa, "job:1", by, text="x" * 1000)

    assert len(Notification.objects.get().text) == 300
