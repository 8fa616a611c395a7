"""The To Do page, the pages and dialogs of tasks, and the API show and do the same (TIM-7, ALL-10)."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from leadline.core import clock
from leadline.core.events import Subject
from leadline.tasks import actions
from leadline.tasks.models import Task

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _it_is_monday():
    with clock.at(MONDAY):
        yield


def test_own_open_tasks_stand_under_when_they_are_due(cast, by, as_):
    """TIM-7: overdue stand out; foreign and done ones are not here."""
    for title, days in (("Late", -1), ("Soon", 0.1), ("Next", 1), ("In the week", 3), ("One day", 40)):
        actions.add_task(title=title, due_at=MONDAY + timedelta(days=days), by=by(cast.rosa))
    actions.add_task(title="Some day", by=by(cast.rosa))
    actions.add_task(title="His", by=by(cast.otto))
    actions.finish_task(actions.add_task(title="Over", by=by(cast.rosa)), by=by(cast.rosa))

    page = as_(cast.rosa).get("/tasks/").content.decode()
    places = [page.index(word) for word in (
        "Overdue <", "Late<", "Today <", "Soon<", "Tomorrow <", "Next<", "This week <", "In the week<",
        "Later <", "One day<", "Without a date <", "Some day<",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "His<" not in page
    assert "Over<" not in page


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(
    cast, by, as_, make, django_assert_num_queries
):
    """ALL-7."""
    customer = make.customer(cast.rosa)
    about = Subject("customer", customer.pk)
    actions.add_tasks(
        [actions.TaskDraft(title=f"Call {n}", about=about, due_at=MONDAY) for n in range(40)],
        by=by(cast.rosa),
    )
    client = as_(cast.rosa)
    client.get("/tasks/")

    with django_assert_num_queries(3):  # who asks, rows with a date, rows without (which are all)
        page = client.get("/tasks/").content.decode()

    assert page.count(customer.name) == 40


def test_one_line_adds_a_task(cast, as_):
    """TIM-7: what, and when by the clock of who writes."""
    answer = as_(cast.rosa, htmx=True).post("/tasks/quick", {"line": "Call Bright tomorrow 10:00"})

    task = Task.objects.get()
    assert (task.title, task.due_at) == ("Call Bright", datetime(2026, 3, 3, 10, tzinfo=UTC))
    assert json.loads(answer["HX-Trigger"])["toast"]["message"] == "Task added, due: Tomorrow 10:00"


def test_a_line_about_a_record_out_of_sight_is_refused(cast, make, as_):
    """ALL-3: and what was typed stays."""
    foreign = make.customer(cast.otto)

    answer = as_(cast.rosa, htmx=True).post(
        "/tasks/quick", {"line": "Call", "about": f"customer.{foreign.pk}"}
    )

    assert (answer.status_code, Task.objects.count()) == (422, 0)
    assert b'value="Call"' in answer.content


def test_the_form_makes_all_of_a_task(cast, make, as_):
    """TIM-7."""
    customer = make.customer(cast.rosa)

    answer = as_(cast.rosa, htmx=True).post(
        "/tasks/add",
        {
            "title": "Review", "kind": "meeting", "priority": "high", "day": "2026-03-31", "time": "14:00",
            "remind_before": "60", "repeats": "monthly", "about_customer": customer.pk, "owner": cast.mira.pk,
        },
    )  # fmt: skip

    assert answer.status_code == 200
    task = Task.objects.get()
    assert (task.kind, task.priority, task.repeats, task.owner) == ("meeting", "high", "monthly", cast.mira)
    assert (task.about_kind, task.about_id) == ("customer", customer.pk)
    assert task.remind_at == datetime(2026, 3, 31, 13, tzinfo=UTC)


def test_editing_changes_what_was_changed(cast, by, as_):
    """The day and time stay to the second where nobody touched them; a time without a day is refused."""
    due = datetime(2026, 3, 3, 10, 0, 30, tzinfo=UTC)
    task = actions.add_task(title="Call", due_at=due, by=by(cast.rosa))
    client, address = as_(cast.rosa, htmx=True), f"/tasks/{task.pk}/edit"
    form = {"kind": "call", "priority": "normal", "day": "2026-03-03", "time": "10:00", "version": 1}

    assert client.post(address, {**form, "title": "Call back"}).status_code == 200
    task.refresh_from_db()
    assert (task.title, task.due_at) == ("Call back", due)

    late = client.post(address, {**form, "title": "Call"})
    assert late.status_code == 422
    assert "Somebody changed it meanwhile" in late.content.decode()
    assert client.post(address, {**form, "version": 2, "title": "Call", "day": ""}).status_code == 422


@pytest.mark.parametrize("verb", ["finish", "reopen", "archive", "restore", "snooze", "assign", "edit"])
def test_a_foreign_task_is_not_there(cast, by, as_, verb):
    """ALL-3."""
    task = actions.add_task(title="His", by=by(cast.otto))

    assert as_(cast.rosa).post(f"/tasks/{task.pk}/{verb}", {}).status_code == 404


def test_snoozing_by_a_choice_and_by_a_picked_time(cast, by, as_):
    """TIM-7: a time that has passed is refused beside its field."""
    task = actions.add_task(title="Call", due_at=MONDAY, by=by(cast.rosa))
    client, address = as_(cast.rosa, htmx=True), f"/tasks/{task.pk}/snooze"
    assert "In an hour" in client.get(address).content.decode()

    assert client.post(address, {"until": "2026-03-02T10:00:00+00:00"}).status_code == 200
    assert client.post(address, {"pick": "2026-03-05T08:30"}).status_code == 200
    assert client.post(address, {"pick": "2026-03-01T08:30"}).status_code == 422
    assert client.post(address, {"until": "nonsense"}).status_code == 422

    task.refresh_from_db()
    assert (task.due_at, task.snoozes) == (datetime(2026, 3, 5, 8, 30, tzinfo=UTC), 2)


def test_a_record_out_of_sight_is_never_named(cast, make, by, as_):
    """ALL-3: whoever lost sight of the customer keeps the task, without the name."""
    customer = make.customer(cast.otto, name="Bright Secret")
    task = actions.add_task(
        title="Call them", about=Subject("customer", customer.pk), owner=cast.rosa, by=by(cast.ada)
    )

    client = as_(cast.rosa)
    pages = ("/tasks/", f"/tasks/{task.pk}/", f"/tasks/{task.pk}/history")
    told = [
        client.get(page).content.decode() for page in (*pages, "/api/v1/tasks", f"/api/v1/tasks/{task.pk}")
    ]

    assert all("Call them" in page for page in told[:2])
    assert not any("Bright Secret" in page for page in told)
    assert client.get(f"/tasks/about/customer/{customer.pk}").status_code == 404
    assert "Bright Secret" in as_(cast.ada).get(f"/tasks/{task.pk}/").content.decode()


def test_the_page_of_a_customer_shows_what_is_next(cast, make, by, as_):
    """TIM-8: its open tasks, and the nearest as the next step."""
    customer = make.customer(cast.rosa)
    about = Subject("customer", customer.pk)
    for title, days in (("Later", 9), ("Sooner", 2)):
        actions.add_task(title=title, due_at=MONDAY + timedelta(days=days), about=about, by=by(cast.rosa))

    client = as_(cast.rosa)
    panel = client.get(f"/tasks/about/customer/{customer.pk}").content.decode()

    assert panel.index("Sooner") < panel.index("Later")
    assert "Sooner" in client.get(f"/tasks/next/customer/{customer.pk}").content.decode()
    assert f"/tasks/about/customer/{customer.pk}" in client.get(f"/customers/{customer.pk}/").content.decode()


def test_many_are_finished_at_once_and_undone(cast, by, as_, settle):
    """CUS-7, SIG-3: the change set brings them back, and the next ones go."""
    tasks = actions.add_tasks(
        [
            actions.TaskDraft(title=f"Call {n}", due_at=MONDAY + timedelta(days=1), repeats="weekly")
            for n in range(3)
        ],
        by=by(cast.rosa),
    )
    ids = [task.pk for task in tasks]
    client = as_(cast.rosa, htmx=True)

    started = client.post("/tasks/bulk/finish", {"ids": ids, "step": "start", "outcome": "Reached"})
    settle()

    assert started.status_code == 200, started.content.decode()
    assert Task.objects.filter(pk__in=ids, outcome="Reached").count() == 3
    assert Task.objects.open().count() == 3
    change = json.loads(as_(cast.rosa).get("/api/v1/change-sets").content)["data"][0]["id"]
    assert as_(cast.rosa).post(f"/api/v1/change-sets/{change}/undo", {}, "application/json").status_code < 300
    settle()
    assert set(Task.objects.open().values_list("pk", flat=True)) == set(ids)
    assert all(Task.objects.filter(pk__in=ids, tell_at=MONDAY + timedelta(days=1)).values("pk"))


@pytest.mark.parametrize(
    ("verb", "answers"),
    [
        ("snooze", {"pick": "2026-03-09T09:00"}),
        ("assign", {"owner": 0}),
        ("priority", {"priority": "high"}),
        ("archive", {}),
    ],
)
def test_many_are_put_off_given_away_and_made_urgent(cast, by, as_, settle, verb, answers):
    """CUS-7: previewed first."""
    task = actions.add_task(title="Call", due_at=MONDAY, by=by(cast.rosa))
    answers = {name: value or cast.mira.pk for name, value in answers.items()}
    client = as_(cast.rosa, htmx=True)

    assert (
        client.post(f"/tasks/bulk/{verb}", {"ids": [task.pk], "step": "preview", **answers}).status_code
        == 200
    )
    assert (
        client.post(f"/tasks/bulk/{verb}", {"ids": [task.pk], "step": "start", **answers}).status_code == 200
    )
    settle()

    task.refresh_from_db()
    assert task.version == 2


def test_a_program_does_the_same(cast, make, as_):
    """ALL-10."""
    customer, client = make.customer(cast.rosa), as_(cast.rosa)

    def post(address, **body):
        return client.post(f"/api/v1/tasks{address}", json.dumps(body), "application/json")

    made = post(
        "", title="Call back", kind="call", due_at="2026-03-03T10:00", zone="Asia/Jakarta",
        about_kind="customer", about_id=customer.pk, remind_before=15, repeats="weekly",
    )  # fmt: skip
    assert made.status_code == 201, made.content
    task = made.json()
    assert (task["due_at"], task["remind_at"]) == ("2026-03-03T03:00:00Z", "2026-03-03T02:45:00Z")
    assert (task["about"], task["owner"]["id"]) == (customer.name, cast.rosa.pk)

    address = f"/{task['id']}"
    changed = client.patch(
        f"/api/v1/tasks{address}", json.dumps({"due_on": "2026-03-04"}), "application/json"
    )
    assert (changed.json()["due_on"], changed.json()["due_at"]) == ("2026-03-04", "2026-03-04T16:59:59Z")
    assert post(f"{address}/snooze", until="2026-03-05T09:00").json()["snoozes"] == 1
    assert post(f"{address}/assign", owner=cast.mira.email).json()["owner"]["id"] == cast.mira.pk
    assert post(f"{address}/finish", outcome="Reached").json()["outcome"] == "Reached"
    assert post(f"{address}/finish").status_code == 422
    assert post(f"{address}/reopen").json()["done"] is False
    assert post(f"{address}/archive").json()["archived"] is True
    assert post(f"{address}/restore").json()["archived"] is False
    assert post("", title="").json()["errors"][0]["field"] == "title"
    where = json.dumps({"field": "about_id", "op": "equals", "value": customer.pk})
    assert client.get("/api/v1/tasks", {"where": where}).json()["count"] == {"value": 2, "exact": True}
