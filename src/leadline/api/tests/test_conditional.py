"""ETag and If-Match: nothing is read twice and nothing is overwritten unseen (ALL-1, INT-2)."""

import pytest


def test_a_record_that_is_known_already_is_answered_without_a_body(program, cast, make):
    customer = make.customer(cast.rosa)
    rosa = program(cast.rosa)
    first = rosa.get(f"customers/{customer.pk}")

    again = rosa.get(f"customers/{customer.pk}", None, If_None_Match=first.headers["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    rosa.patch(f"customers/{customer.pk}", {"city": "Bandung"})
    assert rosa.get(f"customers/{customer.pk}", None, If_None_Match=first.headers["ETag"]).status_code == 200


def test_what_shows_of_others_changes_the_tag_too(program, cast, make):
    customer = make.customer(cast.rosa)
    rosa = program(cast.rosa)
    before = rosa.get(f"customers/{customer.pk}").headers["ETag"]

    make.activity(customer)

    assert rosa.get(f"customers/{customer.pk}").headers["ETag"] != before


def test_of_two_people_who_edit_one_record_the_second_is_told_what_the_first_changed(program, cast, make):
    customer = make.customer(cast.rosa)
    rosa, mira = program(cast.rosa), program(cast.mira)
    seen = rosa.get(f"customers/{customer.pk}").headers["ETag"]
    assert mira.patch(f"customers/{customer.pk}", {"city": "Bandung"}, If_Match=seen).status_code == 200

    late = rosa.patch(f"customers/{customer.pk}", {"city": "Medan"}, If_Match=seen)

    assert late.status_code == 412
    change = late.json()["changes"][0]
    assert (change["field"], change["theirs"], change["who"]) == ("city", "Bandung", "Mira Okafor")
    assert change["at"].endswith("Z")
    customer.refresh_from_db()
    assert customer.city == "Bandung"
    fresh = rosa.get(f"customers/{customer.pk}").headers["ETag"]
    assert rosa.patch(f"customers/{customer.pk}", {"city": "Medan"}, If_Match=fresh).status_code == 200


@pytest.mark.parametrize("tag", ['"0"', '"x"', "x", '"999999999999999999999"', "W/", '"-1"', ",,"])
def test_a_tag_that_is_not_of_this_version_changes_nothing(program, cast, make, tag):
    customer = make.customer(cast.rosa)

    refused = program(cast.rosa).patch(f"customers/{customer.pk}", {"city": "Medan"}, If_Match=tag)

    assert refused.status_code == 412
    customer.refresh_from_db()
    assert customer.city == ""


def test_verbs_and_all_kinds_of_records_keep_to_the_version(program, cast, make):
    customer = make.customer(cast.rosa)
    contact, note, activity = make.contact(customer), make.note(customer), make.activity(customer)
    ada = program(cast.ada)
    stale = '"99"'

    for path, body in (
        (f"customers/{customer.pk}/block", {"reason": "x"}),
        (f"contacts/{contact.pk}/archive", {}),
        (f"notes/{note.pk}/pin", {}),
        (f"activities/{activity.pk}/archive", {}),
    ):
        assert ada.post(path, body, If_Match=stale).status_code == 412, path
    for path, body in (
        (f"contacts/{contact.pk}", {"title": "x"}),
        (f"notes/{note.pk}", {"body": "x"}),
        (f"activities/{activity.pk}", {"title": "x"}),
    ):
        assert ada.patch(path, body, If_Match=stale).status_code == 412, path
        tag = ada.get(path).headers["ETag"]
        assert ada.patch(path, body, If_Match=f'"1-x", W/{tag}').status_code == 200, path
