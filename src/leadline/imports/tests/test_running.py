"""An import from the file to the customers, and back (CUS-19, CUS-20, SIG-3)."""

from datetime import timedelta

import pytest
from django.test import TestCase

from leadline.core.clock import now
from leadline.core.jobs import run_waiting_jobs
from leadline.core.refusals import NotAllowed, RuleBroken, RulesBroken
from leadline.customers.models import Contact, Customer
from leadline.imports import actions
from leadline.imports.actions.ending import remove_old_files
from leadline.imports.models import Import
from leadline.imports.rejected import rejected_csv, rejected_rows
from leadline.timeline.models import Activity

FILE = """name,email,phone,industry,website,address,status
Acme,info@acme.example,+62 21 555 0100,Technology,acme.example,Jl. Sudirman 1,active
No mail,,,,,,
Beta,INFO@beta.example,,Retail,,,prospect
Bad,not-an-address,,,,,
Acme again,info@acme.example,,Finance,,,
Odd,odd@acme.example,,,,,sleeping
"""


def counted(brought):
    names = ("created", "updated", "skipped", "rejected")
    return tuple(brought.counts.get(name, 0) for name in names)


def test_every_row_is_imported_or_told(bring, run):
    brought = run(bring(FILE))

    assert counted(brought) == (2, 0, 1, 3)
    assert sorted(Customer.objects.values_list("name", "email")) == [
        ("Acme", "info@acme.example"),
        ("Beta", "info@beta.example"),
    ]
    told = [(row.number, row.reason) for row in rejected_rows(brought)]
    assert [number for number, _ in told] == [3, 5, 7]
    assert "missing" in told[0][1]
    assert "not-an-address" in told[1][1]
    assert "sleeping" in told[2][1]


def test_the_same_file_twice_changes_nothing(bring, run):
    run(bring(FILE))

    again = run(bring(FILE))

    assert counted(again) == (0, 0, 3, 3)
    assert Customer.objects.count() == 2


def test_updating_keeps_what_an_empty_cell_says_nothing_about(bring, run, ada):
    run(bring(FILE))
    brought = bring("email,industry,phone\ninfo@acme.example,Mining,\nnew@b.example,Retail,\n")
    actions.choose_options(brought, on_duplicate="update", by=ada)

    run(brought)

    acme = Customer.objects.get(email="info@acme.example")
    assert (acme.industry, acme.phone) == ("Mining", "+62215550100")
    assert counted(brought) == (0, 1, 0, 1)


def test_an_empty_cell_erases_only_when_asked(bring, run, ada):
    run(bring(FILE))
    brought = bring("name,email,phone\nAcme,info@acme.example,\n")
    actions.choose_options(brought, on_duplicate="update", erase_empty=True, by=ada)

    run(brought)

    assert Customer.objects.get(email="info@acme.example").phone == ""


def test_always_creating(bring, run, ada):
    run(bring(FILE))
    brought = bring(FILE)
    actions.choose_options(brought, on_duplicate="create", by=ada)

    run(brought)

    assert counted(brought) == (3, 0, 0, 3)
    assert Customer.objects.filter(email="info@acme.example").count() == 3


def test_other_keys(bring, run, ada):
    run(bring(FILE))
    acme = Customer.objects.get(name="Acme")
    brought = bring(f"id,city\n{acme.pk},Bandung\n99999999,Jakarta\nx,Jakarta\n")
    actions.map_columns(brought, mapping={0: "id", 1: "city"}, by=ada)
    actions.choose_options(brought, on_duplicate="update", key="id", by=ada)

    run(brought)

    assert counted(brought) == (0, 1, 0, 2)
    assert Customer.objects.get(pk=acme.pk).city == "Bandung"


def test_a_dry_run_counts_as_the_run_and_writes_nothing(bring, run, ada):
    brought = bring(FILE)
    job = actions.start_check(brought, by=ada)
    run_waiting_jobs()
    job.refresh_from_db()
    brought.refresh_from_db()

    assert Customer.objects.count() == 0
    assert [number for number, _cells, _reason in brought.problems] == [3, 5, 7]
    run(brought)
    assert job.counts == brought.counts


def test_undo_takes_back_what_the_import_did(bring, run, ada):
    run(bring(FILE))
    brought = bring("name,email,industry\nAcme,info@acme.example,Mining\nNew,new@b.example,Retail\n")
    actions.choose_options(brought, on_duplicate="update", by=ada)
    run(brought)

    actions.undo_import(brought, by=ada)
    run_waiting_jobs()

    brought.refresh_from_db()
    assert brought.state == "undone"
    assert Customer.objects.get(email="info@acme.example").industry == "Technology"
    assert Customer.objects.get(email="new@b.example").is_archived


def test_mended_rows_are_imported_the_same_way(bring, run, ada):
    brought = run(bring(FILE))

    mended = actions.correct_rows(brought, rows={5: ["Bad", "good@bad.example", "", "", "", "", ""]}, by=ada)
    run_waiting_jobs()

    mended.refresh_from_db()
    brought.refresh_from_db()
    assert counted(mended) == (1, 0, 0, 0)
    assert Customer.objects.filter(email="good@bad.example").exists()
    assert [row.number for row in rejected_rows(brought)] == [3, 7]
    with pytest.raises(RuleBroken, match="corrected already"):
        actions.correct_rows(brought, rows={5: [""] * 7}, by=ada)


def test_the_file_of_rejected_rows_can_be_mended_and_brought_again(bring, run):
    brought = run(bring(FILE + "=cmd(),also bad,,,,,\n"))
    content = "".join(rejected_csv(brought))
    assert "'=cmd()" in content

    again = bring(content.replace("not-an-address", "now@right.example").replace("also bad", "x@y.example"))

    assert "Reason" in again.table_form.names
    assert set(again.columns.values()) == set(brought.columns.values())
    run(again)
    assert Customer.objects.filter(email="now@right.example").exists()
    assert Customer.objects.filter(name="=cmd()").exists()


def test_a_source_is_mapped_as_the_last_time(bring, ada):
    first = bring("Firma,Kontakt\nAcme,info@acme.example\n")
    actions.map_columns(first, mapping={0: "name", 1: "email"}, by=ada)

    again = bring("Kontakt,Firma\ninfo@b.example,B\n")

    assert again.columns == {0: "email", 1: "name"}


def test_ambiguous_dates_are_asked_and_never_guessed(bring, run, ada):
    content = (
        "name,email,customer since\nA,a@b.example,03/04/2024\nB,b@b.example,05/06/2024\n"
        "C,c@b.example,2024-01-02\n"
    )
    brought = run(bring(content))
    assert counted(brought) == (1, 0, 0, 2)
    assert brought.study["questions"][0]["why"] == "ambiguous"
    assert "two ways" in next(rejected_rows(brought)).reason

    decided = bring(content)
    actions.map_columns(decided, mapping=decided.columns, forms={2: "day first"}, by=ada)
    run(decided)

    assert str(Customer.objects.get(name="A").customer_since) == "2024-04-03"


def test_a_mixture_of_dates_is_reported_where_it_is_not_clear(bring, run):
    brought = run(
        bring(
            "name,email,customer since\nA,a@b.example,25/12/2024\nB,b@b.example,12/25/2024\n"
            "C,c@b.example,03/04/2024\n"
        )
    )

    assert counted(brought) == (2, 0, 0, 1)
    assert brought.study["questions"][0]["why"] == "mixed"


def test_contacts_find_their_customer_by_mail_or_name(bring, run):
    run(bring(FILE))
    brought = run(
        bring(
            "first name,last name,email,company,customer_email\n"
            "Ana,Lee,ana@acme.example,Acme,\n"
            "Bob,Ray,bob@acme.example,,info@beta.example\n"
            "Cat,Kim,cat@acme.example,Nobody,\n"
            "Dan,Fox,dan@acme.example,,\n",
            "contacts",
        )
    )

    assert counted(brought) == (2, 0, 0, 2)
    assert sorted(Contact.objects.values_list("name", "customer__name")) == [
        ("Ana Lee", "Acme"),
        ("Bob Ray", "Beta"),
    ]
    assert counted(run(bring("name,email,company\nAna,ana@acme.example,Acme\n", "contacts"))) == (0, 0, 1, 0)


def test_activities_are_logged_once(bring, run):
    run(bring(FILE))
    content = (
        "customer,kind,title,at,duration\nAcme,call,Hello,2026-03-31 10:00,15\n"
        "Acme,dance,Hello,2026-03-31,1\nAcme,call,Long ago,1400-01-01,5\n"
    )

    assert counted(run(bring(content, "activities"))) == (1, 0, 0, 2)
    assert counted(run(bring(content, "activities"))) == (0, 0, 1, 2)
    assert Activity.objects.get().duration == 15


def test_nothing_in_a_file_is_obeyed(bring, run):
    run(bring(FILE))
    content = "name,email,Action,id\nAcme,info@acme.example,delete,1\nX,x@y.example,archive,2\n"
    brought = run(bring(content))

    assert set(brought.columns.values()) == {"name", "email"}
    assert Customer.objects.current().count() == 3


def test_needed_columns_are_asked_for(bring, ada):
    brought = bring("Firma,Ort\nAcme,Bonn\n")
    with pytest.raises(RulesBroken, match="E-mail"):
        actions.start_import(brought, by=ada)


def test_who_may_not_import_is_told(bring, person):
    from leadline.core.actions import Actor

    seller = Actor(person("inside-sales"))
    with pytest.raises(NotAllowed):
        bring(FILE, by=seller)
    assert not Import.objects.visible_to(seller.user).exists()


def test_a_started_import_is_not_changed(bring, run, ada):
    brought = run(bring(FILE))
    for change in (
        lambda: actions.map_columns(brought, mapping={0: "name"}, by=ada),
        lambda: actions.choose_options(brought, on_duplicate="create", by=ada),
        lambda: actions.start_import(brought, by=ada),
        lambda: actions.read_again(brought, encoding="cp1252", by=ada),
    ):
        with pytest.raises(RuleBroken, match="started already"):
            change()


def test_old_files_are_removed_and_what_was_imported_stays(bring, run, house):
    old, recent = run(bring(FILE)), bring(FILE)
    Import.objects.filter(pk=old.pk).update(updated_at=now() - timedelta(days=31))

    with TestCase.captureOnCommitCallbacks(execute=True):
        assert remove_old_files(by=house) == 1

    old.refresh_from_db()
    assert not old.path.exists()
    assert recent.path.exists()
    assert (old.state, counted(old)) == ("done", (2, 0, 1, 3))
    with pytest.raises(RuleBroken, match="started already"):
        actions.start_import(old, by=house)
