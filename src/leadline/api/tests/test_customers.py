"""Customers through the API: every operation, its refusals, and who sees what (ALL-3, ALL-10, INT-2)."""


def test_a_customer_is_added_by_name_and_email_and_found_where_the_answer_says(program, cast):
    rosa = program(cast.rosa)

    added = rosa.post(
        "customers", {"name": "Harbour Ltd", "email": "HELLO@Harbour.example", "phone": "0812 345 6789"}
    )

    assert added.status_code == 201, added.content
    body = added.json()
    assert added.headers["Location"] == f"/api/v1/customers/{body['id']}"
    assert body["email"] == "hello@harbour.example"
    assert body["phone"] == "+628123456789"
    assert body["owner"] == {"id": cast.rosa.pk, "email": "rosa@example.com", "name": "Rosa Ibarra"}
    assert rosa.get(f"customers/{body['id']}").json() == body
