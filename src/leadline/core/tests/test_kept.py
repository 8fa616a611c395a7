"""What is kept for some seconds in a process is read seldom, and anew after a change."""

from leadline.core.kept import Kept, forget_all


def test_it_is_read_once_until_somebody_changes_it():
    asked = []
    kept = Kept(lambda: asked.append(1) or len(asked))

    assert [kept(), kept()] == [1, 1]
    kept.forget()
    assert [kept(), kept()] == [2, 2]
    forget_all()
    assert kept() == 3


def test_after_its_time_it_is_read_anew():
    asked = []
    kept = Kept(lambda: asked.append(1) or len(asked), seconds=0)

    assert [kept(), kept()] == [1, 2]


def test_nothing_counts_as_read_too():
    asked = []
    kept = Kept(lambda: asked.append(1))

    assert [kept(), kept()] == [None, None]
    assert len(asked) == 1
