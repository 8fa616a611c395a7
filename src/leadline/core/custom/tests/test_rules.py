"""What a definition may not say is told in words (CUS-21, ALL-2)."""

import pytest

from leadline.core.actions import Actor
from leadline.core.custom import rules
from leadline.core.custom.actions import archive_field, change_field, make_field
from leadline.core.custom.models import CustomField
from leadline.core.fields import catalogue
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken, RulesBroken
from leadline.customers.actions import add_customer, edit_customer
from leadline.customers.models import Customer

pytestmark = pytest.mark.django_db


def refusal(cast, **settings):
    given = {"label": "Size", "kind": "number", **settings}
    with pytest.raises((RuleBroken, RulesBroken)) as refused:
        make_field("customer", **given, by=Actor(cast.ada))
    return refused.value.message


@pytest.mark.parametrize("label", ["Industry", "e mail", "Nama", "company-name", "Surel", "INDUSTRI"])
def test_a_field_is_not_called_as_a_built_in_one_in_any_language(cast, label):
    assert "is called already" in refusal(cast, label=label)


def test_what_cant_be_so_names_what_is_accepted(cast):
    assert "not text" in refusal(cast, label="Si\u202eze")
    assert "At most 80" in refusal(cast, label="x" * 81)
    assert "is required" in refusal(cast, label="  ")
    assert "is not known" in refusal(cast, kind="regex")
    assert "Small letters" in refusal(cast, slug="1x")
    assert "no role" in refusal(cast, seen_by=["captain"])
    assert "less than" in refusal(cast, minimum=10, default="3")
    assert "more than the most" in refusal(cast, minimum=3, maximum=2)
    assert "one clear number" in refusal(cast, default="many")
    assert "true or false" in refusal(cast, required="yes")
    assert "at least one choice" in refusal(cast, kind="choice")
    assert "no default" in refusal(cast, kind="user", default="1")
    assert "can't be told apart" in refusal(cast, kind="date", is_key=True)
    assert "can't be sorted" in refusal(cast, kind="long_text", sortable=True)
    assert "code of a currency" in refusal(cast, kind="money", currency="Taler")
    assert "has no “colour”" in refusal(cast, colour="red")
    assert "At most 18 digits" in refusal(cast, minimum="1" * 25)
    assert make_field("customer", label="Most", kind="number", maximum="9" * 18, by=Actor(cast.ada)).maximum
    with pytest.raises(RuleBroken, match="takes no custom fields"):
        make_field("note", label="Size", kind="number", by=Actor(cast.ada))
    with pytest.raises(NotAllowed):
        make_field("customer", label="Size", kind="number", by=Actor(cast.mira))


@pytest.mark.parametrize(
    "label", ["<script>alert(1)</script>", "🚢🏴‍☠️", "حجم الأسطول", "船の数", "%s %(x)s {}"]
)
def test_any_writing_is_a_label(cast, as_, label):
    made = make_field("customer", label=label, kind="text", by=Actor(cast.ada))
    customer = add_customer(name="Kapal", email="a@b.example", **{made.name: "42"}, by=Actor(cast.ada))
    page = as_(cast.ada).get(f"/customers/?columns=name,{made.name}").content.decode()
    assert "<script>alert" not in page
    assert "42" in page
    assert label in as_(cast.ada).get("/api/v1/fields?kind=customer").json()["data"][-1]["label"]
    assert "42" in as_(cast.ada).get(f"/customers/{customer.pk}/").content.decode()


def test_a_required_field_is_asked_of_new_records_and_at_the_next_edit(cast, as_, make):
    by = Actor(cast.ada)
    before = make.customer(cast.ada)
    make_field("customer", label="Size", kind="number", required=True, by=by)
    with pytest.raises(RulesBroken, match="Size is missing"):
        make.customer(cast.ada)
    assert edit_customer(before, phone="+62215550100", by=by).custom == {}
    form = {"name": before.name, "email": before.email, "x_size": "", "status": "prospect"}
    assert as_(cast.ada).post(f"/customers/{before.pk}/edit", form).status_code == 422
    make_field(
        "customer", label="Mood", kind="choice", choices=["Good"], required=True, default="Good", by=by
    )
    assert make.customer(cast.ada, x_size=4).custom == {"x_size": "4", "x_mood": "good"}


def test_numbers_of_forty_digits_are_exact_or_refused(cast, make):
    make_field("customer", label="Size", kind="number", by=Actor(cast.ada))
    exact = "123456789012345678.123456789012"
    assert make.customer(cast.ada, x_size=exact).custom == {"x_size": exact}
    with pytest.raises(RulesBroken, match="one clear number"):
        make.customer(cast.ada, x_size="1" * 41)


def test_another_kind_only_where_nothing_is_lost(cast, make):
    by = Actor(cast.ada)
    field = make_field("customer", label="Code", kind="number", by=by)
    field = change_field(field, kind="date", by=by)
    field = change_field(field, kind="number", by=by)
    kept = make.customer(cast.ada, x_code=7)
    with pytest.raises(RuleBroken, match="hold them"):
        change_field(field, kind="date", by=by)
    change_field(field, kind="text", by=by)
    assert catalogue("customer").by_name["x_code"].value_of(Customer.objects.get(pk=kept.pk)) == "7"


def test_no_other_kind_while_undoing_can_bring_values_back(cast, make):
    by = Actor(cast.ada)
    field = make_field("customer", label="Code", kind="text", by=by)
    edit_customer(make.customer(cast.ada, x_code="abc"), x_code="", by=by)
    with pytest.raises(RuleBroken, match="had values of this field in the last 30 days"):
        change_field(field, kind="number", by=by)
    assert change_field(field, kind="long_text", by=by).kind == "long_text"


def test_two_who_change_one_field_are_told(cast):
    by = Actor(cast.ada)
    field = make_field("customer", label="Code", kind="number", by=by)
    change_field(field, label="Number", version=1, by=by)
    with pytest.raises(EditConflict) as told:
        change_field(field, label="Key", version=1, by=by)
    assert [change.theirs for change in told.value.changes] == ["Number"]


def test_more_fields_than_fit_are_refused(cast):
    by = Actor(cast.ada)
    CustomField.objects.bulk_create(
        CustomField(object="customer", slug=f"f{number}", label=f"F {number}", kind="text", position=number)
        for number in range(rules.MOST_FIELDS)
    )
    with pytest.raises(RuleBroken, match="500 fields already"):
        make_field("customer", label="Size", kind="number", by=by)
    archive_field(CustomField.objects.first(), by=by)
    made = make_field("customer", label="Size", kind="number", by=by)
    assert add_customer(name="K", email="k@k.example", x_size=1, by=by).custom == {made.name: "1"}
