"""The rows of a list as HTML, in one piece."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from leadline.core.lists.cells import escape
from leadline.core.lists.showing import Shown

Head = Callable[[int, tuple[Any, ...]], str]


class Rows:
    """The rows of a list, asked for when a template comes to them; none of them is false.

    `heads` gives what makes the first cell, see `rows_html`; it may look at the page.
    """

    def __init__(self, shown: Shown, heads: Callable[[], Head], *, named_by: str = "name"):
        self.shown, self.heads, self.named_by = shown, heads, named_by

    def __bool__(self) -> bool:
        return bool(self.shown.page.rows)

    def __html__(self) -> str:
        return self.written

    @cached_property
    def written(self) -> Markup:
        """The rows as HTML, written once."""
        return rows_html(self.shown, self.heads(), named_by=self.named_by)


def rows_html(shown: Shown, head: Head, *, named_by: str = "name") -> Markup:
    """All rows of the page: the box that picks it, its head, its cells.

    `head` makes the first cell from the id and the values of `Door.beside`, of which the first is the name.
    """
    columns = shown.asking.columns
    makers = shown.cells()
    chosen = [place for place, column in enumerate(columns) if column.name != named_by]
    cells = [(place, makers[place]) for place in chosen]
    kind, beside, select = shown.door.kind, len(columns), _("Select %(name)s")
    rows = []
    for key, values, _cells in shown.page.rows:
        about = values[beside:]
        label = escape(select % {"name": about[0]})
        rows.append(
            f'<tr id="{kind}-{key}"><td class="pick-cell"><input type="checkbox" class="pick" name="ids"'
            f' value="{key}" aria-label="{label}"></td>{head(key, about)}'
            + "".join([make(values[place]) for place, make in cells])
            + "</tr>"
        )
    return Markup("\n".join(rows))  # noqa: S704 - each cell escapes its values
