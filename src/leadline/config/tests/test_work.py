"""Jobs and change sets as pages (ALL-8, SIG-3)."""

import pytest

from leadline.core.changesets import ChangeSet, change_set
from leadline.core.jobs import Job, job, start_job
from leadline.customers import actions
from leadline.timeline.models import Notification


@job("tests.count")
def count(running):
    """Counts to three and makes a file of it."""
    running.expect(3)
    for number in range(1, 4):
        with running.portion(done=1, counts={"created": 1}) as portion:
            portion.append("numbers.txt", f"{number}\n".encode())
    running.result("numbers.txt")


@job("tests.fail")
def fail(running):
    """Fails in a way that nobody foresaw."""
    with running.portion():
        raise ZeroDivisionError


@pytest.fixture
def counting(cast, by):
    return start_job("tests.count", title="Count to three", by=by(cast.rosa))


def test_the_page_of_a_job_follows_it_to_its_end(cast, as_, counting, settle):
    browser = as_(cast.rosa, htmx=True)
    waiting = browser.get(f"/jobs/{counting.pk}/state")
    assert "Waiting" in waiting.text

    settle()

    done = browser.get(f"/jobs/{counting.pk}/state").text
    assert "3 / 3" in done
    assert "hx-trigger" not in done.split("<div")[0], "a job that is over is not asked after any more"


def test_a_screen_that_is_up_to_date_is_answered_with_nothing(cast, as_, counting):
    browser = as_(cast.rosa, htmx=True)
    seen = browser.get(f"/jobs/{counting.pk}/state").text.split("seen=")[1][:16]

    assert browser.get(f"/jobs/{counting.pk}/state?seen={seen}").status_code == 204


def test_the_file_of_a_job_is_a_download_for_who_may_see_the_job(cast, as_, counting, settle):
    settle()

    response = as_(cast.rosa).get(f"/jobs/{counting.pk}/result")

    assert b"".join(response.streaming_content) == b"1\n2\n3\n"
    assert response["Content-Disposition"] == 'attachment; filename="numbers.txt"'
    assert as_(cast.otto).get(f"/jobs/{counting.pk}/result").status_code == 404
    for_ada = as_(cast.ada).get(f"/jobs/{counting.pk}/result")
    assert for_ada.status_code == 200
    for_ada.close()


def test_jobs_are_ones_own_and_all_for_administrators(cast, as_, counting):
    assert "Count to three" in as_(cast.rosa).get("/jobs").text
    assert "Count to three" in as_(cast.ada).get("/jobs").text
    assert "Count to three" not in as_(cast.otto).get("/jobs").text
    for address in (f"/jobs/{counting.pk}", f"/jobs/{counting.pk}/state"):
        assert as_(cast.otto).get(address).status_code == 404
    assert as_(cast.otto).post(f"/jobs/{counting.pk}/cancel").status_code == 404


def test_a_waiting_job_is_cancelled_and_goes_on_when_asked(cast, as_, counting, settle):
    browser = as_(cast.rosa, htmx=True)

    browser.post(f"/jobs/{counting.pk}/cancel")
    settle()
    counting.refresh_from_db()
    assert counting.state == Job.State.CANCELLED

    browser.post(f"/jobs/{counting.pk}/resume")
    settle()
    counting.refresh_from_db()
    assert counting.state == Job.State.DONE
    assert browser.post(f"/jobs/{counting.pk}/cancel").status_code == 422


def test_who_asked_is_told_once_of_the_end_in_the_own_language(cast, by, settle, as_):
    done = start_job("tests.count", title="Count to three", by=by(cast.rosa))
    failed = start_job("tests.fail", title="Divide", by=by(cast.rosa))
    settle()

    told = Notification.objects.filter(user=cast.rosa).order_by("id")
    assert [(note.text, note.address) for note in told] == [
        ("Done: Count to three", f"/jobs/{done.pk}"),
        ("Failed: Divide", f"/jobs/{failed.pk}"),
    ]


def test_a_mass_change_is_undone_except_what_was_edited_since(cast, by, make, as_, settle):
    first, second = make.customer(cast.rosa, name="First"), make.customer(cast.rosa, name="Second")
    with change_set("customers.assign", "Hand over to Otto", by(cast.ada)) as within:
        actions.assign_customers([first.pk, second.pk], owner=cast.otto, by=within)
    actions.assign_customers([second.pk], owner=cast.lena, by=by(cast.ada))
    changes = ChangeSet.objects.get()
    browser = as_(cast.ada)

    foreseen = browser.get(f"/changes/{changes.pk}/foreseen").text
    assert "2 records were changed" in foreseen
    assert "1 was edited since" in foreseen
    assert "Second" in foreseen
    undoing = browser.post(f"/changes/{changes.pk}/undo")
    settle()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.owner, second.owner) == (cast.rosa, cast.lena)
    assert browser.get(undoing["Location"]).status_code == 200
    page = browser.get(f"/changes/{changes.pk}").text
    assert "Edited since by Ada Santoso" in page
    assert f"/customers/{second.pk}/" in page
    assert f"/changes/{changes.pk}/undo" not in page


def test_a_change_set_is_shown_and_undone_by_who_did_it_and_by_administrators(cast, by, make, as_):
    customer = make.customer(cast.rosa)
    with change_set("customers.tag", "Tag", by(cast.mira)) as within:
        actions.tag_customers([customer.pk], add=["vip"], by=within)
    changes = ChangeSet.objects.get()

    for person, status in ((cast.mira, 200), (cast.ada, 200), (cast.otto, 404), (cast.rosa, 404)):
        assert as_(person).get(f"/changes/{changes.pk}").status_code == status
        assert ("Tag" in as_(person).get("/changes").text.split("<main")[1]) is (status == 200)
    assert as_(cast.otto).post(f"/changes/{changes.pk}/undo").status_code == 404


def test_the_lists_ask_as_much_for_many_as_for_few(cast, by, as_, django_assert_max_num_queries):
    for number in range(5):
        start_job("tests.count", title=f"Count {number}", by=by(cast.rosa))
    browser = as_(cast.rosa)
    with django_assert_max_num_queries(4):
        browser.get("/jobs")
    with django_assert_max_num_queries(4):
        browser.get("/changes")
