"""GET /why, and refusals that lead there (PPL-5)."""

from leadline.api.tests.conftest import errors_of
from leadline.customers import actions

MISSING = 987_654_321


def test_why_names_reasons_and_who_can_help(program, cast, make):
    customer = make.customer(cast.rosa)

    answer = program(cast.sam).get("why", {"kind": "customer", "id": customer.pk, "verb": "edit"}).json()

    (verdict,) = answer["verbs"]
    assert (answer["found"], answer["id"], verdict["allowed"]) == (True, customer.pk, False)
    assert [reason["code"] for reason in verdict["reasons"]] == ["no_permission"]
    assert [(who["name"], who["as"]) for who in answer["who_can_help"]] == [
        ("Rosa Ibarra", "Owner"),
        ("Mira Okafor", "Manager of North"),
        ("Ada Santoso", "Administrator"),
    ]


def test_why_tells_all_verbs_and_states(program, cast, make, by):
    """Without a verb each is told; what its owner can end is said."""
    customer = actions.archive_customer(make.customer(cast.rosa), by=by(cast.rosa))

    verbs = program(cast.rosa).get("why", {"kind": "customer", "id": customer.pk}).json()["verbs"]

    told = {verdict["verb"]: verdict for verdict in verbs}
    assert {verb for verb, verdict in told.items() if verdict["allowed"]} == {"view", "restore", "export"}
    (archived,) = told["edit"]["reasons"]
    assert archived["code"] == "archived"
    assert archived["you_can_lift_it_by"] == "Restore"


def test_what_is_out_of_scope_and_what_never_was_are_one_answer(program, cast, make):
    """ALL-3: to the byte, in problems too."""
    customer = make.customer(cast.otto)
    rosa = program(cast.rosa)

    there, never = (
        rosa.get("why", {"kind": "customer", "id": key, "verb": "edit"}) for key in (customer.pk, MISSING)
    )
    assert there.content == never.content
    assert there.json()["id"] is None
    assert [who["name"] for who in there.json()["who_can_help"]] == ["Mira Okafor", "Ada Santoso"]
    problems = [rosa.get(f"customers/{key}") for key in (customer.pk, MISSING)]
    assert problems[0].content == problems[1].content
    assert problems[0].json()["why"] == "/api/v1/why?kind=customer&id=0"


def test_a_refusal_names_where_it_is_explained(program, cast, make):
    customer = make.customer(cast.otto)
    sam = program(cast.sam)

    problem = sam.patch(f"customers/{customer.pk}", {"city": "Solo"})

    assert problem.status_code == 403
    assert problem.json()["why"] == f"/api/v1/why?kind=customer&id={customer.pk}&verb=edit"
    explained = sam.client.get(problem.json()["why"])
    assert explained.json()["verbs"][0]["reasons"][0]["code"] == "no_permission"
    blocked = sam.post(f"customers/{customer.pk}/block", {"reason": "Fraud"}).json()
    assert blocked["why"].endswith("verb=block")


def test_in_general_it_tells_what_the_roles_allow(program, cast):
    answer = program(cast.sam).get("why", {"kind": "customer"}).json()

    assert answer["found"] is None
    assert answer["scope"] == "Your role (Support Rep) lets you see customers: all of them."
    assert {row["verb"] for row in answer["verbs"] if row["allowed"]} == {"view", "log"}
    assert program(cast.sam).get("why").status_code == 200


def test_what_can_not_be_asked_is_refused_by_name(program, cast):
    """ALL-2: field and what is accepted."""
    rosa = program(cast.rosa)

    assert "customer" in errors_of(rosa.get("why", {"kind": "boat"}))["kind"]
    assert "restore" in errors_of(rosa.get("why", {"kind": "customer", "id": 1, "verb": "sail"}))["verb"]
    assert errors_of(rosa.get("why", {"kind": "customer", "id": "x"}))["id"]
    assert errors_of(rosa.get("why", {"id": "1"}))["kind"]
    assert errors_of(rosa.get("why", {"boat": "1"}))["boat"]
