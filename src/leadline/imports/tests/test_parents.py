"""Customers that belong to others of the same file, whatever the order; what is unclear is told (CUS-20)."""

import pytest

from leadline.core.jobs import run_waiting_jobs
from leadline.customers.models import Customer
from leadline.imports import actions, tasks
from leadline.imports.rejected import rejected_rows

BACKWARDS = """name,email,parent
Shop,shop@x.example,Branch
Branch,branch@x.example,head@x.example
Alone,alone@x.example,
Head,head@x.example,
"""


@pytest.fixture(params=[2_000, 100])
def portions(request, monkeypatch):
    """Rows in one portion, and in many."""
    monkeypatch.setattr(tasks, "PORTION", request.param)
    return request.param


def belonging():
    return dict(Customer.objects.values_list("name", "parent__name"))


def reasons(brought):
    return {row.number: row.reason for row in rejected_rows(brought)}


def total(brought):
    return sum(brought.counts.get(name, 0) for name in ("created", "updated", "skipped", "rejected"))


def test_parents_may_stand_below_their_children(bring, run):
    brought = run(bring(BACKWARDS))

    assert belonging() == {"Shop": "Branch", "Branch": "Head", "Alone": None, "Head": None}
    assert brought.counts["created"] == total(brought) == 4


def test_a_long_chain_over_many_portions(bring, run, portions):
    rows = [f"C{n},c{n}@x.example,C{n + 1}" for n in range(350)] + ["C350,c350@x.example,"]
    text = "\n".join(["name,email,parent", *rows])

    brought = run(bring(text))

    assert brought.counts["created"] == total(brought) == 351
    assert Customer.objects.get(name="C17").parent.name == "C18"
    assert brought.job.done == brought.job.total == 351


def test_circles_strangers_and_doubts_are_told(bring, run, customer, portions):
    for number in range(2):
        customer("Twin", f"t{number}@x.example")
    text = """name,email,parent
A,a@x.example,B
B,b@x.example,A
Self,self@x.example,Self
Lost,lost@x.example,Nobody
Doubt,doubt@x.example,Twin
Good,good@x.example,
"""
    brought = bring(text)
    job = actions.start_check(brought, by=brought_by(brought))
    run_waiting_jobs()
    job.refresh_from_db()
    run(brought)

    told = reasons(brought)
    assert sorted(told) == [2, 3, 4, 5, 6]
    assert "circle" in told[2]
    assert "itself" in told[4]
    assert "Nobody" in told[5]
    assert "2 records are called" in told[6]
    assert brought.counts["created"] == 1
    assert total(brought) == 6
    assert job.counts["rejected"] >= 3


def test_updating_follows_parents_too(bring, run, ada):
    run(bring(BACKWARDS))
    again = bring("name,email,parent\nAlone,alone@x.example,New Head\nNew Head,new@x.example,\n")
    actions.choose_options(again, on_duplicate="update", by=ada)

    run(again)

    assert belonging()["Alone"] == "New Head"
    assert (again.counts["created"], again.counts["updated"]) == (1, 1)


def test_a_circle_with_what_is_here_is_told(bring, run, ada):
    run(bring(BACKWARDS))
    again = bring("name,email,parent\nHead,head@x.example,Shop\n")
    actions.choose_options(again, on_duplicate="update", by=ada)

    run(again)

    assert again.counts["rejected"] == 1
    assert "circle" in reasons(again)[2]


def test_a_parent_by_the_id_of_the_source(bring, run):
    text = "Id,Name,BillingStreet,Email__c,ParentId\n1,Child,,c@x.example,2\n2,Top,,t@x.example,\n"

    run(bring(text))

    assert belonging() == {"Child": "Top", "Top": None}


def brought_by(brought):
    from leadline.core.actions import Actor

    return Actor(brought.created_by)
