"""Keeping, renaming, sharing and removing saved views (CUS-5)."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.conditions import parse
from leadline.core.fields import Catalogue, catalogue
from leadline.core.lists import policies
from leadline.core.lists.asking import asking_of
from leadline.core.lists.models import DefaultView, SavedView
from leadline.core.refusals import RuleBroken

LONGEST_NAME = 80
MOST_VIEWS = 200


@action
def save_view(
    kind: str,
    *,
    name: str,
    where: Any = None,
    columns: list[str] | None = None,
    sort: str = "",
    q: str = "",
    archived: str = "",
    visibility: str = "private",
    by: Actor,
) -> SavedView:
    """Keep what a list shows under a name; the list is checked as if it were opened."""
    about = catalogue(kind)
    if SavedView.objects.filter(owner=by.user, kind=kind).count() >= MOST_VIEWS:
        raise RuleBroken(_("You keep %(most)s views of this list already.") % {"most": MOST_VIEWS})
    view = SavedView(kind=kind, name=_named(name), owner=by.user)
    _fill(view, about, where=where, columns=columns, sort=sort, q=q, archived=archived, by=by)
    _show_to(view, visibility, by=by)
    view.save()
    return view


@action
def change_view(
    view: SavedView,
    *,
    where: Any = None,
    columns: list[str] | None = None,
    sort: str = "",
    q: str = "",
    archived: str = "",
    by: Actor,
) -> SavedView:
    """Put what the list shows now in the place of what the view kept."""
    view = _mine(view, by)
    _fill(
        view,
        catalogue(view.kind),
        where=where,
        columns=columns,
        sort=sort,
        q=q,
        archived=archived,
        by=by,
    )
    view.save()
    return view


@action
def rename_view(view: SavedView, *, name: str, by: Actor) -> SavedView:
    """Give a view another name; its owner has each name once per list."""
    view = _mine(view, by)
    view.name = _named(name)
    view.save(update_fields=["name", "updated_at"])
    return view


@action
def share_view(view: SavedView, *, visibility: str, by: Actor) -> SavedView:
    """Show a view to its owner alone, to the team, or to everybody."""
    view = _mine(view, by)
    _show_to(view, visibility, by=by)
    view.save(update_fields=["visibility", "team_id", "updated_at"])
    return view


@action
def remove_view(view: SavedView, *, by: Actor) -> None:
    """Remove a view; lists that opened with it open as they come installed."""
    _mine(view, by).delete()


@action
def make_default(kind: str, *, view: SavedView | None, by: Actor) -> None:
    """Open a list with this view from now on, for this person; with None, as it comes installed."""
    catalogue(kind)
    if view is None:
        DefaultView.objects.filter(user=by.user, kind=kind).delete()
        return
    seen = SavedView.objects.visible_to(by.user).filter(pk=view.pk, kind=kind).exists()
    require(seen, _("This view is not shown to you."))
    DefaultView.objects.update_or_create(user=by.user, kind=kind, defaults={"view": view})


def _mine(view: SavedView, by: Actor) -> SavedView:
    view = lock(view)
    help_from = str(view.owner)
    require(policies.may_change_view(by.user, view), _("This view is not yours."), who_can_help=help_from)
    return view


def _named(name: str) -> str:
    text = " ".join(str(name or "").split())
    if not text:
        raise RuleBroken(_("Give the view a name."), field="name", value=name)
    if len(text) > LONGEST_NAME or not text.isprintable():
        message = _("A name has at most %(most)s characters, all of them text.") % {"most": LONGEST_NAME}
        raise RuleBroken(message, field="name", value=text[:80])
    return text


def _fill(
    view: SavedView,
    about: Catalogue,
    *,
    where: Any,
    columns: list[str] | None,
    sort: str,
    q: str,
    archived: str,
    by: Actor,
) -> None:
    view.where = parse(where, about, user=by.user).stored
    view.columns = [about.field(name, by.user).name for name in columns or ()]
    if sort and not about.field(sort.removeprefix("-"), by.user).sortable:
        message = _("The list can't be sorted by “%(name)s”.")
        raise RuleBroken(message % {"name": sort[:60]}, field="sort", value=sort[:60])
    asked = asking_of({"q": q, "archived": archived}, about, user=by.user).require()
    view.sort, view.q = sort, asked.q
    view.archived = "" if asked.archived == "no" else asked.archived


def _show_to(view: SavedView, visibility: str, *, by: Actor) -> None:
    if visibility not in SavedView.Visibility.values:
        accepted = ", ".join(SavedView.Visibility.values)
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        words = {"value": str(visibility)[:60], "accepted": accepted}
        raise RuleBroken(message % words, field="visibility", value=str(visibility)[:60])
    require(policies.may_share_view(by.user, visibility), _("Your role does not share views this widely."))
    team_id = view.owner.team_id if visibility == SavedView.Visibility.TEAM else None
    if visibility == SavedView.Visibility.TEAM and team_id is None:
        raise RuleBroken(_("You are in no team to share with."), field="visibility", value=visibility)
    view.visibility, view.team_id = visibility, team_id
