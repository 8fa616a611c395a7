"""Each role sees through the API just what it sees on the pages; the rest is not there (ALL-3)."""

import pytest

from leadline.customers.models import Customer

EVERYBODY = ["rosa", "mira", "otto", "lena", "sam", "fina", "aud", "prue", "ada"]


@pytest.fixture
def portfolios(cast, make):
    """A customer of each kind of owner, with a contact, a note and an activity each."""
    customers = [make.customer(owner) for owner in (cast.rosa, cast.mira, cast.otto, None)]
    return [(c, make.contact(c), make.note(c), make.activity(c)) for c in customers]


@pytest.mark.parametrize("who", EVERYBODY)
def test_lists_and_single_records_agree_with_the_scope_of_the_pages(program, cast, portfolios, who):
    user = getattr(cast, who)
    api = program(user)
    seen = set(Customer.objects.visible_to(user).values_list("pk", flat=True))

    assert {row["id"] for row in api.get("customers").json()["data"]} == seen
    for name, place in (("contacts", 1), ("notes", 2), ("activities", 3)):
        listed = api.get(name).json()
        assert {row["id"] for row in listed["data"]} == {
            row[place].pk for row in portfolios if row[0].pk in seen
        }
        assert listed["count"] == {"value": len(listed["data"]), "exact": True}
    for customer, contact, note, activity in portfolios:
        wanted = 200 if customer.pk in seen else 404
        for path in (
            f"customers/{customer.pk}",
            f"customers/{customer.pk}/contacts",
            f"customers/{customer.pk}/notes",
            f"customers/{customer.pk}/activities",
            f"customers/{customer.pk}/timeline",
            f"customers/{customer.pk}/history",
            f"contacts/{contact.pk}",
            f"notes/{note.pk}",
            f"activities/{activity.pk}",
        ):
            assert api.get(path).status_code == wanted, path


def test_what_is_out_of_scope_answers_like_what_is_not_there(program, cast, portfolios):
    api = program(cast.otto)
    customer, contact, note, activity = portfolios[0]
    verbs = {
        f"customers/{customer.pk}/": [
            "block",
            "unblock",
            "activate",
            "deactivate",
            "status",
            "assign",
            "archive",
            "restore",
        ],
        f"contacts/{contact.pk}/": ["primary", "move", "archive", "restore"],
        f"notes/{note.pk}/": ["pin", "unpin", "archive", "restore"],
        f"activities/{activity.pk}/": ["archive"],
    }
    for path, names in verbs.items():
        missing = "/".join([path.split("/")[0], "999999999"])
        for name in names:
            hidden, nothing = api.post(f"{path}{name}", {}), api.post(f"{missing}/{name}", {})
            assert hidden.status_code == nothing.status_code == 404
            assert hidden.json() == nothing.json()
        assert api.patch(path.rstrip("/"), {}).status_code == 404
    for name in ("contacts", "notes", "activities"):
        assert api.post(f"customers/{customer.pk}/{name}", {}).status_code == 404


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
