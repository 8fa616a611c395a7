"""By what a record is known: chosen for customers and contacts; several matches are told (CUS-20, SIG-12)."""

import pytest

from leadline.core.custom.actions import make_field
from leadline.core.jobs import run_waiting_jobs
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.customers.actions import set_external_ids
from leadline.customers.models import Contact, ContactExternalId, Customer, CustomerExternalId
from leadline.imports import actions
from leadline.imports.models import SavedMapping
from leadline.imports.rejected import rejected_rows

ACCOUNTS = """Account ID,Account Name,Billing Street,Email,Type
001A,Acme,Jl. Sudirman 1,info@acme.example,Customer - Direct
001B,Beta,,info@beta.example,Prospect
"""


def counted(brought):
    return tuple(brought.counts.get(name, 0) for name in ("created", "updated", "skipped", "rejected"))


def reasons(brought):
    return [row.reason for row in rejected_rows(brought)]


def test_a_known_export_brings_its_ids_and_its_words(bring, run):
    brought = run(bring(ACCOUNTS))

    assert brought.source == "Salesforce"
    assert counted(brought) == (2, 0, 0, 0)
    assert [str(one) for one in CustomerExternalId.objects.order_by("value")] == [
        "Salesforce:001A",
        "Salesforce:001B",
    ]
    assert list(Customer.objects.order_by("name").values_list("status", flat=True)) == ["active", "prospect"]


def test_the_external_id_finds_a_customer_whose_name_and_address_changed(bring, run, ada):
    run(bring(ACCOUNTS))
    again = bring(
        "Account ID,Account Name,Billing Street,Email\n"
        "001A,Acme Corp,,new@acme.example\n001C,New,,n@c.example\n"
    )
    actions.choose_options(again, on_duplicate="update", key="external_id", by=ada)

    run(again)

    assert counted(again) == (1, 1, 0, 0)
    assert Customer.objects.get(external_ids__value="001A").email == "new@acme.example"


def test_undo_takes_the_external_ids_back(bring, run, ada):
    brought = run(bring(ACCOUNTS))

    actions.undo_import(brought, by=ada)
    run_waiting_jobs()

    assert CustomerExternalId.objects.count() == 0
    assert counted(run(bring(ACCOUNTS))) == (2, 0, 0, 0)


def test_an_id_that_another_customer_has_is_told_and_never_taken(bring, run, ada):
    run(bring(ACCOUNTS))
    other = bring("Account ID,Account Name,Billing Street,Email\n001A,Other,,other@x.example\n")

    run(other)

    assert counted(other) == (0, 0, 0, 1)
    assert "Salesforce:001A" in reasons(other)[0]


def test_several_matches_are_told(customer, bring, run, ada):
    for number in range(2):
        customer("Acme", f"a{number}@acme.example")
    brought = bring("name,email,city\nAcme,x@x.example,Bandung\n")
    actions.choose_options(brought, on_duplicate="update", key="name", by=ada)

    run(brought)

    assert counted(brought) == (0, 0, 0, 1)
    assert "2 records have the same Name" in reasons(brought)[0]


@pytest.mark.parametrize(
    ("key", "column", "value"),
    [("phone", "phone", "+62 21 555 0100"), ("name", "name", "ANA LIM"), ("external_id", "external_id", "7")],
)
def test_contacts_are_known_by_other_keys_too(customer, bring, run, ada, key, column, value):
    first = "customer_email,name,email,phone,external_id\n{0},Ana Lim,ana@x.example,+62 21 555 0100,7\n"
    acme = customer("Acme", "info@acme.example")
    brought = bring(first.format(acme.email), kind="contacts")
    actions.choose_options(brought, source="Old CRM", by=ada)
    run(brought)
    again = bring(f"customer_email,{column},title\n{acme.email},{value},Buyer\n", kind="contacts")
    actions.choose_options(again, on_duplicate="update", key=key, source="Old CRM", by=ada)

    run(again)

    assert counted(again) == (0, 1, 0, 0), reasons(again)
    assert Contact.objects.get().title == "Buyer"
    assert ContactExternalId.objects.get().system == "Old CRM"


def test_a_global_key_needs_no_customer_and_moves_nobody(customer, bring, run, ada):
    acme, beta = (customer(name, f"{name}@x.example") for name in ("acme", "beta"))
    brought = bring(
        f"customer_email,name,email,external_id\n{acme.email},Ana,ana@x.example,7\n", kind="contacts"
    )
    actions.choose_options(brought, source="Old", by=ada)
    run(brought)
    again = bring(f"external_id,customer_email,title\n7,,Buyer\n7,{beta.email},Chief\n", kind="contacts")
    actions.choose_options(again, on_duplicate="update", key="external_id", source="Old", by=ada)

    run(again)

    assert counted(again) == (0, 1, 0, 1)
    assert Contact.objects.get().customer_id == acme.pk


def test_a_key_without_its_column_is_refused_before_the_start(bring, ada):
    brought = bring("name,email\nAcme,info@acme.example\n")
    actions.choose_options(brought, key="external_id", by=ada)

    with pytest.raises(RulesBroken, match="External id"):
        actions.start_import(brought, by=ada)


def test_ids_without_a_system_are_told(bring, run):
    brought = run(bring("name,email,external_id\nAcme,a@x.example,7\nBeta,b@x.example,Sage:9\n"))

    assert counted(brought) == (1, 0, 0, 1)
    assert "which system" in reasons(brought)[0]
    assert str(CustomerExternalId.objects.get()) == "Sage:9"


def test_several_ids_of_one_system_come_in_as_they_went_out(bring, run, customer, ada):
    """Our own export writes them so; a system keeps the spelling in which it is known."""
    acme = customer("Acme", "a@x.example")
    set_external_ids(acme, system="HubSpot", values=["11"], by=ada)

    brought = run(bring('name,email,external_id\nBeta,b@x.example,"HubSpot:12, hubspot:13, HubSpot:12"\n'))
    set_external_ids(acme, system="hubspot", values=["14"], by=ada)

    assert counted(brought) == (1, 0, 0, 0)
    known = CustomerExternalId.objects.order_by("value")
    assert [str(one) for one in known] == ["HubSpot:12", "HubSpot:13", "HubSpot:14"]


def test_a_parent_is_found_by_an_id_of_a_system_that_is_spelled_otherwise_here(bring, run, customer, ada):
    set_external_ids(customer("Acme", "a@x.example"), system="HubSpot", values=["11"], by=ada)
    brought = bring("name,email,external_id,parent\nBeta,b@x.example,12,11\nGamma,g@x.example,13,12\n")
    actions.choose_options(brought, source="hubspot", by=ada)

    run(brought)

    assert reasons(brought) == []
    parents = Customer.objects.exclude(parent=None).order_by("name").values_list("name", "parent__name")
    assert list(parents) == [("Beta", "Acme"), ("Gamma", "Beta")]


def test_external_ids_are_set_and_removed_by_hand(customer, ada):
    acme, beta = customer("Acme", "a@x.example"), customer("Beta", "b@x.example")
    set_external_ids(acme, system="Sage", values=["1", "2"], by=ada)

    with pytest.raises(RuleBroken, match="Sage:1"):
        set_external_ids(beta, system="Sage", values=["1"], by=ada)
    set_external_ids(acme, system="Sage", values=["2"], by=ada)

    assert [str(one) for one in acme.external_ids.all()] == ["Sage:2"]


def test_answers_are_kept_and_proposed_to_the_same_person(bring, ada, person):
    brought = bring("Firma X,Mail\nAcme,info@acme.example\n")
    actions.map_columns(brought, mapping={0: "name", 1: "email"}, by=ada)
    actions.choose_options(brought, on_duplicate="update", key="name", source="Old CRM", by=ada)

    again = bring("Mail,Firma X\nb@x.example,Beta\n")

    assert again.columns == {0: "email", 1: "name"}
    assert (again.key, again.on_duplicate, again.source) == ("name", "update", "Old CRM")
    actions.remove_mapping(SavedMapping.objects.get(), by=ada)
    assert bring("Mail,Firma X\nb@x.example,Beta\n").key == "email"


def test_a_mapping_of_a_field_that_is_gone_leaves_its_column_out(bring, ada):
    brought = bring("Firma X,Mail\nAcme,info@acme.example\n")
    actions.map_columns(brought, mapping={0: "name", 1: "email"}, by=ada)
    kept = SavedMapping.objects.get()
    kept.fields = {**kept.fields, "firmax": "x_gone"}
    kept.key = "x_gone"
    kept.save()

    again = bring("Firma X,Mail\nAcme,info@acme.example\n")

    assert again.columns == {1: "email"}
    assert again.key == "email"


@pytest.mark.parametrize(
    ("kind", "value"), [("text", "A-7"), ("number", "42"), ("email", "Desk@Acme.example")]
)
def test_a_custom_field_that_is_a_key(bring, run, ada, kind, value):
    make_field("customer", by=ada, label="Number there", slug="number_there", kind=kind, is_key=True)
    first = bring(f"name,email,x_number_there\nAcme,info@acme.example,{value}\n")
    actions.choose_options(first, key="x_number_there", by=ada)
    run(first)
    again = bring(f"name,x_number_there,city\nAcme Corp,{value},Bandung\n")
    actions.choose_options(again, on_duplicate="update", key="x_number_there", by=ada)

    run(again)

    assert counted(again) == (0, 1, 0, 0), reasons(again)
    assert Customer.objects.get().name == "Acme Corp"
