"""Merging by a program: foreseen, done, undone (CUS-23)."""

import pytest

from leadline.api.tests.conftest import errors_of
from leadline.core.changesets import ChangeSet
from leadline.customers.models import Customer


@pytest.fixture
def pair(cast, make):
    """Two customers of Rosa that are one, each with a contact of the same e-mail."""
    stays, goes = make.customer(cast.rosa, city="Jakarta"), make.customer(cast.rosa, city="Bandung")
    make.contact(stays, email="sri@acme.example")
    make.contact(goes, email="sri@acme.example")
    make.note(goes)
    return stays, goes


def test_a_program_foresees_merges_and_undoes(cast, program, pair, settle):
    (stays, goes), rosa = pair, program(cast.rosa)

    foreseen = rosa.post(f"customers/{stays.pk}/merge/preview", {"others": [goes.pk]}).json()
    assert "1 note" in foreseen["moved"]
    assert foreseen["change_set"] is None
    assert not Customer.objects.filter(merged_into__isnull=False).exists()

    answers = {"others": [goes.pk], "choose": {"city": goes.pk}}
    done = rosa.post(f"customers/{stays.pk}/merge", answers).json()
    assert done["merged"] == [goes.pk]
    assert len(done["combined"]) == 1
    assert rosa.get(f"customers/{stays.pk}").json()["city"] == "Bandung"
    moved = rosa.get(f"customers/{goes.pk}")
    assert (moved.status_code, moved["Location"]) == (307, f"/api/v1/customers/{stays.pk}")
    assert rosa.post(f"customers/{goes.pk}/block", {"reason": "x"}).status_code == 422

    rosa.post(f"change-sets/{done['change_set']}/undo")
    settle()
    assert ChangeSet.objects.get(pk=done["change_set"]).state == "undone"
    assert rosa.get(f"customers/{goes.pk}").json()["archived"] is False


def test_contacts_become_one_where_it_is_said(cast, program, make):
    one, two = make.customer(cast.rosa), make.customer(cast.rosa)
    here, there = make.contact(one), make.contact(two)
    rosa = program(cast.rosa)

    done = rosa.post(f"contacts/{here.pk}/merge", {"others": [there.pk], "customer": two.pk})

    assert done.status_code == 200
    assert rosa.get(f"contacts/{here.pk}").json()["customer"]["id"] == two.pk
    assert rosa.get(f"contacts/{there.pk}")["Location"] == f"/api/v1/contacts/{here.pk}"


@pytest.mark.parametrize("others", [None, [], ["1"], [10**30], [987654321], [True], "1"])
def test_nonsense_is_refused_with_words(cast, program, pair, others):
    answer = program(cast.rosa).post(f"customers/{pair[0].pk}/merge", {"others": others})

    assert answer.status_code == 422
    assert set(errors_of(answer)) == {"others"}


def test_what_one_does_not_see_can_not_be_merged(cast, program, make, pair):
    theirs = make.customer(cast.otto)

    answer = program(cast.rosa).post(f"customers/{pair[0].pk}/merge", {"others": [theirs.pk]})

    assert errors_of(answer) == {"others": "There is no such record."}
    assert (
        program(cast.sam).post(f"customers/{pair[0].pk}/merge", {"others": [pair[1].pk]}).status_code == 403
    )
