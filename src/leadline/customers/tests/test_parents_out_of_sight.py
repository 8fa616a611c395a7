"""A parent that is out of somebody's scope is named nowhere: not in the list, not in a file (ALL-3)."""

import pytest

from leadline.core.jobs import Job, result_path
from leadline.core.lists import Selection
from leadline.customers.exporting import start_export
from leadline.customers.models import Customer
from leadline.imports.reading.workbooks import convert
from tests.cast import PEOPLE

SECRET = "Secret Holding"


@pytest.fixture
def family(cast, make):
    """A customer of each seller whose parents are the other's; the parent of Mira's own is hers."""
    secret = make.customer(cast.otto, name=SECRET)
    near = make.customer(cast.rosa, name="Near Holding")
    make.customer(cast.rosa, name="Rosa's", parent=secret.pk)
    make.customer(cast.otto, name="Otto's", parent=near.pk)
    make.customer(cast.mira, name="Mira's", parent=near.pk)
    return {"Rosa's": secret, "Otto's": near, "Mira's": near}


def told_to(user, family):
    """Child → the name of its parent, for children this person sees; empty where the parent is not seen."""
    seen = set(Customer.objects.visible_to(user))
    children = {customer.name for customer in seen} & set(family)
    return {child: family[child].name if family[child] in seen else "" for child in children}


@pytest.mark.parametrize("who", PEOPLE)
def test_the_list_names_the_parents_that_are_seen(cast, as_, family, who):
    user = getattr(cast, who)
    told = told_to(user, family)

    page = as_(user).get("/customers/", {"columns": "name,parent"}).content.decode()

    cells = page.count('data-label="Parent customer"><span')
    assert cells == sum(1 for parent in told.values() if parent)
    assert (SECRET in page) == (family["Rosa's"] in Customer.objects.visible_to(user))


@pytest.mark.parametrize("who", ["rosa", "mira", "otto", "fina", "ada"])
@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_a_file_names_the_parents_that_are_seen(cast, by, family, settle, tmp_path, who, form):
    user = getattr(cast, who)
    start_export(Selection("customer"), columns=["name", "parent"], form=form, by=by(user))
    settle()
    path = result_path(Job.objects.get(kind="core.export"))
    if form == "xlsx":
        convert(path, tmp_path / "sheet.csv")
        path = tmp_path / "sheet.csv"
    text = path.read_text("utf-8-sig")

    told = told_to(user, family)
    for child in family:
        lines = [line for line in text.splitlines() if child in line]
        assert len(lines) == (child in told)
        assert all((family[child].name in line) == bool(told[child]) for line in lines)
