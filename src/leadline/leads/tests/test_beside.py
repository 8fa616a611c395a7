"""What stands again beside a lead says what the lead says; lists that ask there find the same (LEA-8)."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core.clock import now
from leadline.core.conditions import Context
from leadline.core.lists.asking import asking_of
from leadline.core.lists.page import page_of
from leadline.leads import actions
from leadline.leads.fields import LEAD
from leadline.leads.models import Lead, OnPlatform, Pulse, Reason, Stage
from leadline.people.scope import reach

pytestmark = pytest.mark.django_db
SIDES = (Pulse, OnPlatform)
# Orders that a row beside keeps, and one of the lead itself.
BESIDE, ITSELF = (
    ("callback_at", "starred_until", "-last_contact_at", "-last_login_at", "score"),
    "-registered_at",
)
CONDITIONS = (
    {"field": "stage_kind", "op": "equals", "value": "open"},
    {"field": "stage_kind", "op": "in", "value": ["won", "lost"]},
    {"field": "callback_due", "op": "is_true"},
    {"field": "starred", "op": "is_true"},
    {"field": "owner", "op": "is_empty"},
    {"field": "campaign", "op": "equals", "value": "Spring"},
    {
        "count": "activities",
        "op": "at_least",
        "value": 1,
        "where": {"field": "outcome", "op": "equals", "value": "no_answer"},
    },
)
STEPS = ("close", "reopen", "archive", "restore", "assign", "free", "star", "call", "move")


def _beside(lead):
    return [
        (kept.owner_id, kept.team_id, kept.territory_id, kept.archived_at, kept.stage_kind)
        for kept in (side.objects.get(lead=lead) for side in SIDES)
    ]


def _step(step, lead, cast, by):
    lead, mira = Lead.objects.get(pk=lead.pk), by(cast.ada)
    is_open = lead.stage.kind == "open"
    if step == "restore" and lead.is_archived:
        actions.restore_lead(lead, by=mira)
    if lead.is_archived or step == "restore":
        return
    match step:
        case "close" if is_open:
            actions.disqualify_lead(lead, reason=Reason.objects.get(key="no_budget"), by=mira)
        case "reopen" if not is_open:
            actions.reopen_lead(lead, by=mira)
        case "archive":
            actions.archive_lead(lead, by=mira)
        case "assign" | "free":
            actions.assign_lead(lead, owner=cast.otto if step == "assign" else None, by=mira)
        case "star" if is_open:
            actions.star_lead(lead, until=now() + timedelta(hours=8), by=mira)
        case "call" if is_open:
            actions.work_lead(lead, outcome="no_answer", by=mira)
        case "move" if is_open:
            actions.set_stage_of(lead, stage=Stage.objects.get(key="qualified"), by=mira)


def _found(user, where, sort, archived):
    given = {"where": json.dumps(where), "sort": sort, "archived": archived}
    asked = asking_of(given, LEAD, user=user).require()
    page = page_of(asked, scope=reach(user, "lead"), context=Context(user, now()))
    return {row.id for row in page.rows}, str(page.count)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(STEPS)), max_size=12))
def test_rows_beside_follow_and_every_order_finds_the_same(cast, make, by, steps):
    with transaction.atomic():
        leads = [
            make.lead(cast.rosa, campaign="Spring"),
            make.lead(cast.rosa),
            make.lead(cast.otto),
            make.lead(),
        ]

        for place, step in steps:
            _step(step, leads[place], cast, by)

        for lead in Lead.objects.filter(pk__in=[each.pk for each in leads]).select_related("stage"):
            says = (lead.owner_id, lead.team_id, lead.territory_id, lead.archived_at, lead.stage.kind)
            assert _beside(lead) == [says, says]
        for user in (cast.ada, cast.mira, cast.rosa):
            for where in CONDITIONS:
                for archived in ("no", "only", "all"):
                    wanted = _found(user, where, ITSELF, archived)
                    assert [_found(user, where, sort, archived) for sort in BESIDE] == [wanted] * len(BESIDE)
        transaction.set_rollback(True)
