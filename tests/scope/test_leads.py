"""Every role does with leads what the table says; each way to ask gives one answer (PPL-2, PPL-4)."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.leads import actions
from leadline.leads.actions.side import follow
from leadline.leads.models import Lead, Reason
from leadline.people.actions import create_token
from leadline.people.models import Territory, User
from leadline.people.provided_roles import provided_grants
from tests.routes.planting import holder_of, mark
from tests.routes.table import REACHED
from tests.scope.test_verbs import succeeds

ROLES = sorted(provided_grants())


def allowed(role: str) -> dict[str, str]:
    """Verb → scope on leads, as the table says."""
    return provided_grants()[role].get("lead", {})


def planted(make, cast, user: User) -> dict[str, Lead]:
    """One of each, with whose it is in its name."""
    owners = {"own": user, "team's": cast.rosa, "territory's": cast.otto, "others'": cast.otto}
    leads = {whose: make.lead(owner, name=f"Kopi {mark(whose)}") for whose, owner in owners.items()}
    Lead.objects.filter(pk=leads["territory's"].pk).update(territory=Territory.objects.get(name="Java"))
    follow([leads["territory's"].pk])
    return leads


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_what_the_table_says(cast, make, role):
    user = holder_of(role, cast)
    by, leads = Actor(user), planted(make, cast, user)
    reason = Reason.objects.get(key="other")
    attempts: dict[str, list[Callable[[Lead], object]]] = {
        "edit": [
            lambda lead: actions.edit_lead(lead, campaign="Fair", by=by),
            lambda lead: actions.tag_lead(lead, add=["fair"], by=by),
            lambda lead: actions.disqualify_lead(lead, reason=reason, by=by),
        ],
        "assign": [lambda lead: actions.assign_lead(lead, owner=user, by=by)],
        "star": [lambda lead: actions.star_lead(lead, until=now() + timedelta(hours=1), by=by)],
        "archive": [lambda lead: actions.archive_lead(lead, by=by)],
        "log": [
            lambda lead: actions.log_activity(lead, kind="call", title="T", by=by),
            lambda lead: actions.work_lead(lead, outcome="busy", by=by),
        ],
    }
    for verb, tried in attempts.items():
        for attempt in tried:
            did = {whose for whose, lead in leads.items() if succeeds(lambda d=lead, a=attempt: a(d))}
            assert did == REACHED[allowed(role).get(verb)], verb


@pytest.mark.parametrize("role", ROLES)
def test_a_role_adds_what_the_table_says(cast, role):
    user = holder_of(role, cast)
    add = lambda: actions.add_lead(name="Kopi", email="a@b.example", by=Actor(user))  # noqa: E731

    assert succeeds(add) == ("create" in allowed(role))


@pytest.mark.parametrize("role", ROLES)
def test_list_search_count_page_and_api_agree(cast, make, as_, role):
    user = holder_of(role, cast)
    leads = planted(make, cast, user)
    browser, wanted = as_(user), REACHED[allowed(role).get("view")]
    token = create_token(user, name="scope", by=Actor(user))
    program = Client(headers={"Authorization": f"Bearer {token}"})
    told = lambda text: {whose for whose in leads if mark(whose).lower() in text.lower()}  # noqa: E731
    page = lambda address, **asked: browser.get(f"/{address}", asked).content.decode()  # noqa: E731
    api = program.get("/api/v1/leads", {"count": "exact"}).json()

    rows = "".join(re.findall(r'<th scope="row">.*?</th>', page("leads/"), re.S))
    assert told(rows) == wanted
    assert told("".join(re.findall(r'<th scope="row">.*?</th>', page("leads/", q="kopi"), re.S))) == wanted
    assert int(re.search(r"(\d+) in all", page("leads/count"))[1]) == len(wanted)
    assert {
        whose for whose, lead in leads.items() if browser.get(f"/leads/{lead.pk}/").status_code == 200
    } == wanted
    assert told(page("palette", q="kopi")) == wanted
    assert told(page("leads/options", q="kopi")) == wanted
    assert told(str(api["data"])) == wanted
    assert api["count"] == {"value": len(wanted), "exact": True}
