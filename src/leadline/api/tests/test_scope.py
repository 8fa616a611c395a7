"""What is out of sight is neither named in a body nor told beside (ALL-3); tests/scope asks the rest."""

import pytest


@pytest.fixture
def portfolios(cast, make):
    """A customer of each kind of owner, with a contact, a note and an activity each."""
    customers = [make.customer(owner) for owner in (cast.rosa, cast.mira, cast.otto, None)]
    return [(c, make.contact(c), make.note(c), make.activity(c)) for c in customers]


def test_a_record_out_of_scope_cannot_be_named_in_a_body(program, cast, make, portfolios):
    api = program(cast.otto)
    rosas, own = portfolios[0][0], portfolios[2][1]

    for refused in (
        api.post(f"contacts/{own.pk}/move", {"customer": rosas.pk}),
        api.post("contacts", {"customer": rosas.pk, "name": "A", "email": "a@example.com"}),
        api.post("notes", {"customer": rosas.pk, "body": "A"}),
        api.post("activities", {"customer": rosas.pk, "kind": "call", "title": "A"}),
        api.patch(f"customers/{portfolios[2][0].pk}", {"parent": rosas.pk}),
    ):
        assert refused.status_code == 422, refused.content
    contact = portfolios[0][1]
    activity = {"kind": "call", "title": "A", "contact": contact.pk}
    assert api.post(f"customers/{portfolios[2][0].pk}/activities", activity).status_code == 422
    mine = portfolios[2][3]
    assert api.patch(f"activities/{mine.pk}", {"contact": contact.pk}).status_code in (403, 422)


def test_the_name_of_a_parent_out_of_sight_is_not_told(program, cast, make):
    parent = make.customer(cast.otto, name="Secret Holding")
    customer = make.customer(cast.rosa, parent=parent.pk)

    shown = program(cast.rosa).get(f"customers/{customer.pk}")

    assert shown.json()["parent"] == {"id": parent.pk}
    assert b"Secret" not in program(cast.rosa).get("customers").content
    assert program(cast.ada).get(f"customers/{customer.pk}").json()["parent"]["name"] == "Secret Holding"


def test_jobs_and_change_sets_are_ones_own_and_an_administrator_sees_all(program, cast, make, settle):
    make.customer(cast.mira)
    mira = program(cast.mira)
    job = mira.post(
        "customers/bulk", {"selection": {"where": {}}, "verb": "tag", "answers": {"add": ["x"]}}
    ).json()
    settle()

    for path in (f"jobs/{job['id']}", f"change-sets/{job['change_set']}"):
        assert mira.get(path).status_code == 200
        assert program(cast.ada).get(path).status_code == 200
        assert program(cast.rosa).get(path).status_code == 404
    assert program(cast.rosa).get("jobs").json()["data"] == []
    assert program(cast.rosa).post(f"change-sets/{job['change_set']}/undo").status_code == 404
