"""The timeline of a customer, newest first, by key (TIM-1)."""

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from leadline.core.clock import now
from leadline.customers.queries import timeline_of
from leadline.customers.queries.timeline import Filters
from leadline.timeline.models import Activity


def titles(timeline) -> list[str]:
    """What is shown, in its order."""
    return [moment.activity.title if moment.activity else moment.note.body for moment in timeline.moments]


def test_activities_and_notes_together_newest_first(cast, make):
    """TIM-1: over months and years."""
    customer = make.customer(cast.rosa)
    for days, title in ((400, "Long ago"), (40, "Before"), (1, "Yesterday")):
        make.activity(customer, days_ago=days, title=title)
    make.note(customer, "Now")
    make.activity(make.customer(cast.rosa), title="Another's")

    assert titles(timeline_of(customer)) == ["Now", "Yesterday", "Before", "Long ago"]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_paging_gives_everything_once(cast, make, limit):
    """TIM-1: by key, even where many happened at one moment."""
    customer = make.customer(cast.rosa)
    moment = now() - timedelta(days=5)
    for number in range(5):
        make.activity(customer, at=moment, title=f"Same {number}")
    for number in range(3):
        make.activity(customer, days_ago=100 * number, title=f"A {number}")
        make.note(customer, f"N {number}")
    shown: list[str] = []
    page = timeline_of(customer, limit=limit)
    while True:
        shown += titles(page)
        if page.next is None:
            break
        page = timeline_of(customer, before=page.next, limit=limit)

    assert sorted(shown) == sorted(titles(timeline_of(customer, limit=100)))
    assert len(shown) == 11


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kinds": ("call",)}, ["Offer"]),
        ({"kinds": ("note",)}, ["Likes mornings"]),
        ({"kinds": ("call", "note")}, ["Likes mornings", "Offer"]),
        ({"outcome": "connected"}, ["Offer"]),
        ({"words": "MORN"}, ["Likes mornings"]),
        ({"words": "100%_"}, []),
        ({"words": "off\x00er"}, ["Offer"]),
        ({"kinds": ("call\x00",)}, []),
        ({"kinds": ("séance",)}, []),
        ({"outcome": "busy\x00"}, []),
    ],
)
def test_filters(cast, make, asked, expected):
    """TIM-1: type, outcome, words; hostile ones find nothing."""
    customer = make.customer(cast.rosa)
    make.activity(customer, title="Mail", kind="email", days_ago=2)
    make.activity(customer, title="Offer", outcome="connected", days_ago=1)
    make.note(customer, "Likes mornings")

    assert titles(timeline_of(customer, filters=Filters(**asked))) == expected


def test_by_person_and_period(cast, make):
    """TIM-1: who, from when, until when."""
    customer = make.customer(cast.rosa)
    make.activity(customer, title="Hers", author=cast.rosa, days_ago=3)
    make.activity(customer, title="His", author=cast.sam, days_ago=10)

    assert titles(timeline_of(customer, filters=Filters(user_id=cast.sam.pk))) == ["His"]
    since = Filters(since=now() - timedelta(days=5))
    until = Filters(until=now() - timedelta(days=5))
    assert (titles(timeline_of(customer, filters=since)), titles(timeline_of(customer, filters=until))) == (
        ["Hers"],
        ["His"],
    )


def test_what_was_archived_is_gone(cast, make):
    """ALL-1: from the timeline, not from the history."""
    customer = make.customer(cast.rosa)
    make.activity(customer)
    Activity.objects.update(archived_at=now())

    assert titles(timeline_of(customer)) == []


def test_as_many_queries_for_many_as_for_few(cast, make, django_assert_max_num_queries):
    """ALL-7: a portion costs the same however many rows it has."""
    customer = make.customer(cast.rosa)
    for number in range(12):
        make.activity(customer, title=f"A {number}")

    with django_assert_max_num_queries(5) as queries:
        timeline_of(customer)
    assert isinstance(queries, CaptureQueriesContext)
