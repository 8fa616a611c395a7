"""Every event can be told to people, and the page about events is what the code says (design 7)."""

import pytest
from django.utils.translation import override

from leadline.core.events import Event
from leadline.core.events.documentation import events_page
from leadline.core.events.event import event_classes
from leadline.core.events.listening import listeners_to
from tests.house.sources import ROOT

listeners_to(Event)  # finds the events of all apps
EVENTS = [found for found in event_classes().values() if found.__module__.startswith("leadline.") and ".tests." not in found.__module__]  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name())
def test_every_event_has_wording_of_its_own(event):
    """TIM-1: a sentence, and one line that states when it is told."""
    with override("en"):
        assert "wording" in vars(event)
        assert str(event.wording).strip()
    assert (event.__doc__ or "").strip().endswith(".")
    assert "(" not in (event.__doc__ or "(").splitlines()[0][:1]


def test_docs_events_is_what_the_code_says():
    """`leadline docs events` writes it anew."""
    assert (ROOT / "docs" / "events.md").read_text() == events_page()
