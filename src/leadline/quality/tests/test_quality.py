"""Each figure is what the list counts, for every role; bulk fixes make the score better (CUS-24)."""

import json
from datetime import date, timedelta

import pytest

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.refusals import NotAllowed
from leadline.customers.models import Customer
from leadline.people.models import User
from leadline.quality.actions import count_quality, start_counting, thin_out
from leadline.quality.measures import MEASURES
from leadline.quality.models import Portfolio
from leadline.quality.queries import quality_for
from leadline.quality.views import list_of


@pytest.fixture
def portfolios(cast, make):
    """Customers that lack different things, of different owners."""
    make.customer(cast.rosa, phone="+62 21 555 0100", industry="Retail", country="ID")
    make.customer(cast.rosa, phone="call the shop", industry="Retail")
    make.customer(cast.otto, country="DE")
    make.customer(None, industry="Mining")
    named = make.customer(cast.prue)
    make.contact(named)
    gone = make.customer(cast.rosa)
    Customer.objects.filter(pk=gone.pk).update(archived_at=now())
    count_quality(by=Actor(cast.ada))
    return cast


def lacking(user, **chosen):
    return {figure.measure.key: figure.lacking for figure in quality_for(user, **chosen).all.figures}


def test_what_is_lacking_is_counted(portfolios):
    counts = lacking(portfolios.ada)

    assert quality_for(portfolios.ada).all.customers == 5
    assert counts == {
        "email": 0,
        "phone": 4,
        "owner": 1,
        "industry": 2,
        "country": 3,
        "interaction": 5,
        "primary_contact": 4,
    }


def test_every_list_counts_what_the_figure_says_for_every_role(portfolios, as_):
    people = [
        person for person in vars(portfolios).values() if isinstance(person, User) and not person.is_system
    ]
    asked = 0
    for person in people:
        if not person.may("customer", "view"):
            continue
        for figure in quality_for(person).all.figures:
            where = json.dumps(figure.measure.lacking)
            page = as_(person).get("/api/v1/customers", {"where": where}).json()
            assert page["count"] == {"value": figure.lacking, "exact": True}
            asked += 1
    assert asked >= len(MEASURES) * 4


def test_an_owner_and_a_team_alone(portfolios):
    assert lacking(portfolios.ada, owner=portfolios.rosa.pk)["phone"] == 1
    assert lacking(portfolios.ada, owner=0)["owner"] == 1
    team = portfolios.rosa.team_id
    assert quality_for(portfolios.ada, team=team).all.customers >= 2


def test_a_stranger_to_the_portfolio_gets_no_figures_of_it(portfolios):
    assert quality_for(portfolios.rosa, owner=portfolios.otto.pk).all.customers == 0
    assert {one.key for one in quality_for(portfolios.rosa).owners} == {portfolios.rosa.pk}


def test_the_page_leads_to_the_lists(portfolios, as_):
    page = as_(portfolios.ada).get("/data-quality/").content.decode()

    for measure in MEASURES:
        assert str(measure.label) in page
    assert list_of(MEASURES[1].lacking).replace("&", "&amp;") in page
    assert as_(portfolios.ada).get(list_of(MEASURES[1].lacking, owner=0, team=0)).status_code == 200


def test_counting_again_by_the_page(cast, as_, make, settle):
    assert "Nothing is counted yet" in as_(cast.ada).get("/data-quality/").content.decode()
    make.customer(cast.rosa)

    as_(cast.ada).post("/data-quality/refresh")
    settle()

    assert quality_for(cast.ada).all.customers == 1
    with pytest.raises(NotAllowed):
        start_counting(by=Actor(cast.rosa))


def test_who_sees_no_customers_sees_no_figures(cast, as_):
    cast.prue.roles.set([])

    assert as_(cast.prue).get("/data-quality/").status_code == 403


def test_mending_makes_the_score_better(portfolios):
    before = quality_for(portfolios.ada).all.score
    Customer.objects.update(industry="Retail", country="ID")

    count_quality(by=Actor(portfolios.ada))

    assert quality_for(portfolios.ada).all.score > before
    assert Portfolio.objects.values("day").distinct().count() == 1


def test_weeks_and_thinning_out(portfolios):
    today = Portfolio.objects.latest("day").day
    for days in (3, 10, 24, 50, 51):
        Portfolio.objects.create(
            day=today - timedelta(days=days),
            counted_at=now(),
            customers=10,
            lacking={"phone": 10},
            asked=70,
            lost=10,
        )

    weeks = quality_for(portfolios.ada).weeks
    assert weeks[0][1] == 85
    thin_out(today=today, by=Actor(portfolios.ada))

    left = set(Portfolio.objects.filter(day__lt=today - timedelta(days=35)).values_list("day", flat=True))
    assert all(day.weekday() == 0 for day in left)
    assert isinstance(today, date)


def test_the_file(portfolios, as_):
    response = as_(portfolios.ada).get("/data-quality/export.csv")
    lines = response.content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith("kind,id,name,customers,score,without_email")
    assert len(lines) > 3
