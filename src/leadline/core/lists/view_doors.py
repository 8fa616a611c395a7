"""The doors of saved views: keep, change, remove, and what each one counts (CUS-5)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.actions import Actor, action
from leadline.core.answers import go_to
from leadline.core.formats import number
from leadline.core.forms import ActionForm
from leadline.core.lists import actions, policies
from leadline.core.lists.asking import asking_of
from leadline.core.lists.counts import count_of
from leadline.core.lists.door import Door
from leadline.core.lists.doors import dialog
from leadline.core.lists.models import SavedView
from leadline.core.lists.page import finding_of
from leadline.core.lists.showing import Shown, ready_views, shown_list
from leadline.core.lists.tabs import tabs_for
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request

MOST_COUNTED = 12
Visibility = SavedView.Visibility


class ViewForm(ActionForm):
    """A name, who sees it, and whether the list opens with it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Shown to"), choices=Visibility.choices, widget=forms.RadioSelect
    )
    opens = forms.BooleanField(label=gettext_lazy("Open the list with it"), required=False)
    renew = forms.BooleanField(
        label=gettext_lazy("Keep the search, filters, order and columns that the list shows now"),
        required=False,
    )

    def limit_to(self, user: Any, view: SavedView | None = None) -> "ViewForm":
        """Offer only what the person's role shares, and nothing that is not asked here."""
        shown: Any = self.fields["visibility"]
        now = {view.visibility} if view else set()
        shown.choices = [
            (key, label)
            for key, label in Visibility.choices
            if policies.may_share_view(user, key) or key in now
        ]
        if view is None:
            del self.fields["renew"]
        return self


def save_view(request: Request, door: Door) -> HttpResponse:
    """Keep what the list shows under a name; the list then stands in that view."""
    shown = shown_list(request, door)
    start = {"visibility": Visibility.PRIVATE}
    form = ViewForm(request.POST if request.method == "POST" else None, initial=start).limit_to(request.user)
    if request.method == "POST" and form.run(_keep, shown, by=request.actor):
        return go_to(request, f"{door.url('list')}?view={form.result.pk}")
    return _dialog(request, shown, form, None)


def change_view(request: Request, door: Door, pk: int) -> HttpResponse:
    """Rename, share, renew, or open the list with a view."""
    shown, view = shown_list(request, door), _view(request, door, pk)
    start = {"name": view.name, "visibility": view.visibility, "opens": _opens(request.user, view)}
    start["renew"] = shown.address.is_changed
    form = ViewForm(request.POST if request.method == "POST" else None, initial=start)
    form.limit_to(request.user, view)
    if not policies.may_change_view(request.user, view):
        form.fields = {"opens": form.fields["opens"]}
    if request.method == "POST" and form.run(_change, view, shown, by=request.actor):
        return go_to(request, f"{door.url('list')}?view={view.pk}")
    return _dialog(request, shown, form, view)


def remove_view(request: Request, door: Door, pk: int) -> HttpResponse:
    """Remove a view; the list stays as it comes installed."""
    actions.remove_view(_view(request, door, pk), by=request.actor)
    return go_to(request, door.url("list"))


def view_counts(request: Request, door: Door) -> HttpResponse:
    """How many each view shows, for the tabs: one request for all of them."""
    user = request.user
    counts = []
    for view in [*ready_views(door), *tabs_for(user, door.kind)][:MOST_COUNTED]:
        asking = asking_of({}, door.about, user=user, view=view)
        if asking.refusals:
            continue
        finding = finding_of(
            asking, scope=door.scope(user), context=door.context(user), search=door.search(user)
        )
        count = count_of(finding)
        counts.append((view.pk, number(count.value) + ("" if count.exact else "+")))
    return render(request, "core/lists/_view_counts.html", {"counts": counts})


@action
def _keep(shown: Shown, *, name: str, visibility: str, opens: bool, by: Actor) -> SavedView:
    view = actions.save_view(shown.door.kind, name=name, visibility=visibility, **_now(shown), by=by)
    if opens:
        actions.make_default(shown.door.kind, view=view, by=by)
    return view


@action
def _change(view: SavedView, shown: Shown, *, opens: bool, by: Actor, **asked: Any) -> SavedView:
    if asked.get("name", view.name) != view.name:
        view = actions.rename_view(view, name=asked["name"], by=by)
    if asked.get("visibility", view.visibility) != view.visibility:
        view = actions.share_view(view, visibility=asked["visibility"], by=by)
    if asked.get("renew"):
        view = actions.change_view(view, **_now(shown), by=by)
    if opens != _opens(by.user, view):
        actions.make_default(view.kind, view=view if opens else None, by=by)
    return view


def _now(shown: Shown) -> dict[str, Any]:
    """What the list shows, as a view keeps it; an address that can't be meant is not kept."""
    if shown.refusals:
        raise RuleBroken(shown.refusals[0].message)
    state = shown.address.state
    usual = shown.address.usual["columns"]
    return {
        "where": shown.asking.where.stored,
        "columns": [] if state["columns"] == usual else state["columns"].split(","),
        "sort": state["sort"],
        "q": state["q"],
        "archived": state["archived"],
    }


def _opens(user: Any, view: SavedView) -> bool:
    return view.default_for.filter(user=user).exists()


def _view(request: Request, door: Door, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(request.user).filter(kind=door.kind), pk=pk)


def _dialog(request: Request, shown: Shown, form: ViewForm, view: SavedView | None) -> HttpResponse:
    may = view is not None and policies.may_change_view(request.user, view)
    title = view.name if view else _("Save this view")
    context = {"form": form, "view": view, "title": title, "may_change": may, "query": shown.address.query()}
    status = 422 if form.errors else 200
    return dialog(request, "core/lists/_view.html", context, shown, status)
