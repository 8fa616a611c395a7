"""How sure it is that two records are one, by the rules as they come installed (CUS-22)."""

from itertools import combinations
from typing import Any

import pytest

from leadline.customers.likeness.features import features_of
from leadline.customers.likeness.rules import installed_rules
from leadline.customers.likeness.weighing import weigh

RULES = installed_rules("customer")
HARBOUR = {
    "name": "Harbour Lights GmbH",
    "email": "info@harbour.example",
    "phone": "+493070737626",
    "address": "Am Markt 192",
    "city": "Köln",
    "postcode": "50867",
    "country": "DE",
}


def alike(**different: Any) -> tuple[int, list[str]]:
    """Harbour Lights beside another that differs in this: the score, and the signs."""
    found = weigh(features_of(HARBOUR), features_of({**HARBOUR, **different}), RULES)
    return found.score, [sign for sign, _likeness in found.reasons]


@pytest.mark.parametrize(
    ("different", "signs"),
    [
        ({"email": "INFO@Harbour.example"}, {"email", "phone", "name", "address", "postcode", "city"}),
        ({"email": "sales@harbour.example", "phone": ""}, {"domain", "name", "address", "postcode", "city"}),
        ({"name": "Lights Harbour", "email": "", "phone": ""}, {"name", "address", "postcode", "city"}),
    ],
)
def test_the_same_company_written_otherwise_is_a_pair(different, signs):
    score, told = alike(**different)

    assert score >= RULES.pair
    assert set(told) == signs


@pytest.mark.parametrize(
    "elsewhere", [{"address": "Am Markt 194"}, {"city": "Hamburg", "postcode": "20757"}, {"address": ""}]
)
def test_another_house_or_the_same_street_in_another_town_is_no_address_in_common(elsewhere):
    _score, told = alike(name="Quiet Waters", email="sales@harbour.example", phone="", **elsewhere)

    assert "address" not in told


def test_a_place_alone_says_nothing():
    assert alike(name="Quiet Waters", email="", phone="") == (0, [])


def test_a_slip_in_the_town_leaves_the_postcode_to_speak():
    _score, told = alike(city="Koln am Rhein", email="", phone="")

    assert {"address", "postcode"} <= set(told)


def test_what_a_scan_leaves_out_is_never_a_pair():
    different = (
        {"email": ""},
        {"email": "sales@harbour.example", "name": "Quiet Waters"},
        {"phone": "", "address": "Am Markt 19"},
        {"city": "Hamburg", "name": "Harbor Lights"},
        {"country": "AT", "postcode": "1010"},
    )
    records = [features_of({**HARBOUR, **one, **other}) for one in different for other in different]

    for one, other in combinations(records, 2):
        known, scanned = weigh(one, other, RULES), weigh(one, other, RULES, RULES.pair)
        assert scanned == known if known.score >= RULES.pair else scanned.score < RULES.pair
