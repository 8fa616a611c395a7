"""The page of a lead: head with star and local time, outcome buttons, timeline, history (LEA-1, LEA-5)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from leadline.core.custom.showing import custom_values
from leadline.core.fields import catalogue
from leadline.core.history import history_about
from leadline.core.lists.door import viewer_of
from leadline.core.requests import Request
from leadline.customers.queries.timeline import Key
from leadline.governance.contacting import may_contact
from leadline.governance.models import Channel
from leadline.governance.policies import may_look_after_privacy
from leadline.leads import policies
from leadline.leads.actions.working import OUTCOMES
from leadline.leads.calling import calling_hours
from leadline.leads.models import Lead, OnPlatform
from leadline.leads.queries.place import place_of
from leadline.leads.queries.timeline import timeline_of
from leadline.leads.views.converting import converted_shown
from leadline.leads.views.fetching import lead_of
from leadline.marketing.policies import may_see_templates
from leadline.platform.policies import sees_platform
from leadline.platform.queries.person import platform_of_user
from leadline.platform.views.customer import panel_of

KEYS = {"no_answer": "n", "connected": "c", "busy": "b", "voicemail": "v", "wrong_number": "w"}


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """The lead with its timeline."""
    return render(request, "leads/page.html", scene_of(request, lead_of(request, pk)))


@require_GET
def on_platform(request: Request, pk: int) -> HttpResponse:
    """What the platform tells of the lead; empty where nobody knows it there."""
    user = request.user
    lead = lead_of(request, pk)
    known = OnPlatform.objects.filter(lead=lead).values_list("user_id", flat=True).first()
    told = platform_of_user(known) if sees_platform(user) else None
    return render(request, "leads/_on_platform.html", {"lead": lead, **panel_of(user, told)})


@require_GET
def history(request: Request, pk: int) -> HttpResponse:
    """Every change of the lead and of what belongs to it, in plain words (ALL-4)."""
    lead = lead_of(request, pk)
    portion = history_about("lead", pk, before=_key(request.GET.get("before", "")), viewer=request.user)
    return render(request, "leads/history.html", {**scene_of(request, lead), "portion": portion})


def scene_of(request: Request, lead: Lead) -> dict[str, Any]:
    """All that is shown of a lead, on its page and in the queue alike."""
    user = request.user
    custom = custom_values(catalogue("lead"), [lead], viewer_of(request), lambda _target, _key: "")
    return {
        "lead": lead,
        **converted_shown(request, lead),
        "place": place_of(lead, calling_hours()),
        "timeline": timeline_of(lead, before=_key(request.GET.get("before", ""))),
        "custom": custom.get(lead.pk, []),
        "may": policies.may_on(user, lead),
        "may_privacy": may_look_after_privacy(user),
        "may_write": policies.may(user, "log", lead) and may_see_templates(user),
        "calling": may_contact(lead, Channel.PHONE),
        "may_edit_entry": lambda entry: policies.may_edit_entry(user, entry, lead),
        "outcomes": [(each.value, each.label, KEYS[each.value]) for each in OUTCOMES],
    }


def _key(text: str) -> Key | None:
    """The place in a timeline or history that an address names: `2026-11-22T10:00:00Z_123`."""
    at, _sign, number = text.replace(" ", "+").partition("_")
    try:
        moment = parse_datetime(at)
        return (moment, int(number)) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
