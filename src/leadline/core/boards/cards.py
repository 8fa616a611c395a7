"""The cards of a board as HTML, made in Python as the cells of lists are: macros would cost more."""

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from leadline.core.boards.laying import Card, LaidOut, Lane, Pile
from leadline.core.formats import number
from leadline.core.jinja import Icons
from leadline.core.lists.cells import escape
from leadline.core.lists.door import address_of

Cards = Callable[[Sequence[Card]], Markup]
Part = Callable[[Pile], str]  # of a column, as HTML
icon = Icons()


def cards_html(laid: LaidOut, *, within: str = "") -> Cards:
    """What writes the cards of a column: box, inside, and what can be done with it by menu and by key.

    `within` another page, whose word for the board it is, cards are not picked.
    """
    board, kind = laid.board, laid.board.kind
    face, deeds = board.face(laid.shown.viewer), _deeds(laid)
    select, named = _("Select %(name)s"), board.beside[0]

    def written(cards: Sequence[Card]) -> Markup:
        rows = []
        for card in cards:
            name = str(card.values[named])
            pick = (
                f'<input type="checkbox" class="pick" name="ids" value="{card.id}"'
                f' aria-label="{escape(select % {"name": name})}">'
            )
            rows.append(
                f'<li class="board-card" id="{within}card-{kind}-{card.id}" data-row data-card="{card.id}">'
                f"{'' if within else pick}{face(card.id, card.values)}{deeds(card.id, name)}</li>"
            )
        return Markup("\n".join(rows))  # noqa: S704 - each card escapes its values

    return written


def piles_html(laid: LaidOut) -> Callable[[Lane, Part, Part], Markup]:
    """What writes the columns of a lane beside each other: hundreds where there are many lanes.

    Without lanes each has its `head` and its `foot`; in a lane it says how many more there are.
    """
    written, more = cards_html(laid), escape(_("%(count)s more"))
    words = {column.key: (escape(str(column.key)), escape(column.label)) for column in laid.columns}
    asks = {
        column.key: f' data-asks="{escape(reverse(column.asks, args=[0]))}"' if column.asks else ""
        for column in laid.columns
    }

    def left_out(pile: Pile) -> str:
        left = pile.count.value - len(pile.cards)
        if left <= 0 or pile.is_shut:
            return ""
        told = more.replace("%(count)s", escape(number(left)))
        return f'<p class="quiet tiny">{told}{"" if pile.count.exact else "+"}</p>'

    def pile_in(lane: Lane, place: int, pile: Pile, head: Part, foot: Part) -> str:
        key, label = words[pile.key]
        within = escape(lane.key) if lane.label else place
        return (
            f'<section class="pile{" shut" if pile.is_shut else ""}{" over" if pile.is_over else ""}"'
            f' aria-label="{label}">{"" if lane.label else head(pile)}'
            f'<ul class="cards-of" id="pile-{key}-{within}" data-pile="{key}"{asks[pile.key]}>'
            f"{written(pile.cards)}</ul>{left_out(pile) if lane.label else foot(pile)}</section>"
        )

    def piles(lane: Lane, head: Part, foot: Part) -> Markup:
        rows = [pile_in(lane, place, pile, head, foot) for place, pile in enumerate(lane.piles)]
        return Markup("\n".join(rows))  # noqa: S704 - each piece is escaped

    return piles


def _deeds(laid: LaidOut) -> Callable[[int, str], str]:
    """Move and edit: links to dialogs, which are pages for whoever works without script."""
    board, query = laid.board, escape(laid.shown.address.query())
    if not board.may_move(laid.shown.user):
        return lambda _key, _name: ""
    move = f"{board.door.url('move')}?{query}{'&amp;' if query else ''}card="
    edit = address_of(board.edit, 0).replace("/0/", "/%d/") if board.edit else ""
    move_words, edit_words = escape(_("Move %(name)s")), escape(_("Edit %(name)s"))
    arrows, pencil = icon("arrows-join"), icon("edit")

    def deeds(key: int, name: str) -> str:
        who = escape(name)
        found = _link(f"{move}{key}", move_words.replace("%(name)s", who), "m", arrows)
        if edit:
            found += _link(edit % key, edit_words.replace("%(name)s", who), "e", pencil)
        return f'<span class="deeds">{found}</span>'

    return deeds


def _link(address: str, label: str, key: str, drawing: str) -> str:
    return (
        f'<a class="button ghost bare small" href="{address}" hx-get="{address}" hx-target="#dialog"'
        f' hx-swap="innerHTML" data-row-key="{key}" aria-label="{label}" title="{label}">{drawing}</a>'
    )
