"""Capabilities are named by administrators, and found in events (PLN-2)."""

from decimal import Decimal

import pytest

from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken
from leadline.plans.actions import (
    add_capability,
    change_capability,
    find_capabilities,
    finding,
    provide_capabilities,
    retire_capability,
)
from leadline.plans.models import Capability


def added(by, cast, **given):
    return add_capability(**{"name": "Video tours", "kind": "metered", **given}, by=by(cast.ada))


def test_what_the_product_brings_stays_as_people_made_it(cast, by):
    exports = Capability.objects.get(key="data_export")
    change_capability(exports, default_limit=Decimal(7), name="Files", by=by(cast.ada))
    provide_capabilities(by=by(cast.house, via="job"))

    exports.refresh_from_db()
    assert (exports.label, exports.default_limit) == ("Files", 7)
    assert Capability.objects.count() == 13


def test_a_capability_is_known_by_a_key_that_events_name(cast, by):
    assert added(by, cast).key == "video_tours"
    with pytest.raises(RuleBroken) as refused:
        added(by, cast, name="video  Tours")
    assert refused.value.field == "key"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"kind": "endless"}, "kind"),
        ({"default_limit": Decimal(-1)}, "default_limit"),
        ({"default_limit": Decimal("NaN")}, "default_limit"),
        ({"default_limit": Decimal("Infinity")}, "default_limit"),
        ({"default_limit": Decimal(10) ** 12}, "default_limit"),
        ({"kind": "switch", "default_limit": Decimal(2)}, "default_limit"),
        ({"key": "- -"}, "key"),
        ({"description": "x" * 301}, "description"),
    ],
)
def test_what_can_not_be_is_refused_by_its_field(cast, by, given, field):
    with pytest.raises(RuleBroken) as refused:
        added(by, cast, **given)
    assert refused.value.field == field


def test_only_administrators_name_them(cast, by):
    with pytest.raises(NotAllowed):
        add_capability(name="x", kind="metered", by=by(cast.lena))
    with pytest.raises(NotAllowed):
        retire_capability(Capability.objects.first(), by=by(cast.rosa))


def test_whoever_saw_an_older_one_is_told(cast, by):
    capability = added(by, cast)
    change_capability(capability, name="Tours", version=1, by=by(cast.ada))
    with pytest.raises(EditConflict) as refused:
        change_capability(capability, name="Rounds", version=1, by=by(cast.ada))
    assert [change.field for change in refused.value.changes] == ["name"]


def test_found_ones_are_at_most_a_thousand(cast, by, monkeypatch):
    monkeypatch.setattr(finding, "MOST_FOUND", 2)
    house = by(cast.house, via="job")

    known = find_capabilities({key: key for key in ("a", "b", "c", "data_export")}, by=house)

    assert sorted(known) == ["a", "b", "data_export"]


def test_the_pages_name_change_retire_and_bring_back(as_, cast):
    ada = as_(cast.ada)
    ada.post("/capabilities/add", {"name": "Video tours", "kind": "metered", "default_limit": "2"})
    tours = Capability.objects.get(key="video_tours")
    change = {"name": "Tours", "kind": "quantity", "default_limit": "", "version": "1"}
    assert ada.post(f"/capabilities/{tours.pk}/change", change).status_code == 302
    again = ada.post(f"/capabilities/{tours.pk}/change", {**change, "name": "Rounds"})
    ada.post(f"/capabilities/{tours.pk}/retire")
    page = ada.get("/capabilities/").content.decode()
    tours.refresh_from_db()

    assert (tours.name, tours.kind, tours.default_limit) == ("Tours", "quantity", None)
    assert again.status_code == 422
    assert "Rounds" in again.content.decode()
    assert tours.retired_at
    assert "Bring back" in page
    ada.post(f"/capabilities/{tours.pk}/bring-back")
    assert Capability.objects.get(pk=tours.pk).retired_at is None
    assert as_(cast.lena).get("/capabilities/").status_code == 403
