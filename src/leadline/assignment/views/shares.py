"""How much each person takes: share, bound, and what rules ask of them (LEA-7)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from leadline.assignment import actions, policies
from leadline.assignment.forms import ShareForm
from leadline.assignment.models import Share
from leadline.assignment.queries.people import people_of
from leadline.assignment.registry import assignables
from leadline.assignment.views.fetching import kind_in, page_of, require_manager
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.requests import Request
from leadline.people.models import User


@require_safe
def shares(request: Request) -> HttpResponse:
    """Everybody who may own them: load, share, bound, skills, territories, hours, absence."""
    about = kind_in(request)
    context = {
        "about": about,
        "kinds": assignables(),
        "lines": people_of(about.kind, request.user),
        "may_manage": policies.may_manage_rules(request.user),
    }
    return render(request, "assignment/shares.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: Request, pk: int) -> HttpResponse:
    """The share and the bound of one person."""
    about = kind_in(request)
    require_manager(request)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    known = Share.objects.filter(kind=about.kind, user=person).first() or Share(user=person)
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        initial={"weight": known.weight, "capacity": known.capacity},
    )
    if request.method == "POST" and form.run(actions.set_share, about.kind, person=person, by=request.actor):
        return go_to(request, page_of("shares", about))
    part = "assignment/_share.html"
    whole = part if asked_by_htmx(request) else "assignment/dialog_page.html"
    context = {"about": about, "person": person, "form": form, "part": part}
    return (refuse if request.method == "POST" else render)(request, whole, context)
