"""The cards of a board as HTML, made in Python as the cells of lists are: macros would cost more."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from markupsafe import Markup

from leadline.core.boards.laying import Card, LaidOut
from leadline.core.jinja import Icons
from leadline.core.lists.cells import escape
from leadline.core.lists.door import address_of

Cards = Callable[[Sequence[Card]], Markup]
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
