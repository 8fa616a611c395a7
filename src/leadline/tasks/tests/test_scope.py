"""The same question to list, count, file, mass change and API has one answer for each role (PPL-4, ALL-3)."""

import csv
import json
from urllib.parse import urlencode

import pytest

from leadline.core.events import Subject
from leadline.core.jobs import result_path
from leadline.core.lists import Selection
from leadline.core.lists.bulk import preview_bulk
from leadline.core.lists.export.running import start_export
from leadline.tasks import actions, bulk
from leadline.tasks.models import Task
from leadline.tasks.verbs import within

__all__ = ["bulk"]

# Who sees what: about whose customer it is, whose task; “otto's of rosa's” is Otto's about Rosa's customer.
SEEN = {
    "rosa": {"rosa's", "rosa's of otto's", "otto's of rosa's", "given by rosa"},
    "mira": {"rosa's", "rosa's of otto's", "otto's of rosa's"},
    "otto": {"otto's", "otto's of rosa's", "rosa's of otto's", "given by rosa"},
    "lena": "all",
    "sam": {"rosa's of otto's", "otto's of rosa's"},
    "aud": "all",
    "prue": set(),
    "ada": "all",
}


@pytest.fixture
def tasks(cast, make, by):
    """Tasks about nothing, about own and foreign customers, and one that Rosa gave to Otto."""
    of_rosa, of_otto = (Subject("customer", make.customer(who).pk) for who in (cast.rosa, cast.otto))
    for title, owner, about in (
        ("rosa's", cast.rosa, None),
        ("otto's", cast.otto, None),
        ("rosa's of otto's", cast.rosa, of_otto),
        ("otto's of rosa's", cast.otto, of_rosa),
    ):
        task = actions.add_task(title=title, owner=owner, about=about, by=by(cast.ada))
        Task.objects.filter(pk=task.pk).update(made_by=owner)
    given = actions.add_task(title="given by rosa", owner=cast.otto, by=by(cast.ada))
    Task.objects.filter(pk=given.pk).update(made_by=cast.rosa)
    return set(Task.objects.values_list("title", flat=True))


@pytest.mark.parametrize("who", sorted(SEEN))
def test_everything_that_shows_tasks_answers_the_same(cast, by, as_, settle, tasks, who):
    """Also where ways in overlap, each task is there once."""
    user = getattr(cast, who)
    seen = tasks if SEEN[who] == "all" else SEEN[who]
    client = as_(user)

    assert set(Task.objects.visible_to(user).values_list("title", flat=True)) == seen
    page = client.get("/tasks/?view=all").content.decode()
    assert {title for title in tasks if f">{title.replace(chr(39), '&#39;')}</a>" in page} == seen
    found = client.get("/api/v1/tasks").json()
    assert sorted(row["title"] for row in found["data"]) == sorted(seen)
    assert found["count"] == {"value": len(seen), "exact": True}
    where = json.dumps({"field": "title", "op": "contains", "value": "s"})
    assert len(client.get(f"/api/v1/tasks?{urlencode({'where': where})}").json()["data"]) == len(seen)
    if user.may("task", "edit"):
        told = preview_bulk(Selection("task"), "priority", {"priority": "high"}, by=by(user))
        assert told.total == len(seen)
        changed = actions.prioritise_tasks(
            Task.objects.values_list("pk", flat=True), priority="low", by=by(user)
        )
        assert told.would_change == len(changed.changed)
    if user.may("task", "export"):
        job = start_export(Selection("task"), columns=["title"], by=by(user))
        settle()
        job.refresh_from_db()
        with result_path(job).open(encoding="utf-8-sig") as file:
            rows = [row["title"] for row in csv.DictReader(file)]
        within_reach = [task.title for task in Task.objects.visible_to(user) if within(user, "export", task)]
        assert sorted(rows) == sorted(within_reach)


@pytest.mark.parametrize("field", ["owner", "made_by"])
def test_who_asks_for_the_own_ones_gets_just_those(cast, as_, tasks, field):
    """By one way in alone, and no more than the others would give."""
    for user in (cast.rosa, cast.mira, cast.ada, cast.aud):
        where = {"and": [{"field": field, "op": "is_me"}, {"field": "done_at", "op": "is_empty"}]}
        page = (
            as_(user)
            .get(f"/tasks/?{urlencode({'view': 'all', 'where': json.dumps(where)})}")
            .content.decode()
        )

        own = set(Task.objects.filter(**{field: user}).values_list("title", flat=True))
        assert {title for title in tasks if f">{title.replace(chr(39), '&#39;')}</a>" in page} == own
