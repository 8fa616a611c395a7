"""The board: columns with honest totals, cards, lanes, moves, live; over the same question as the list.

A board is a list laid out by one field. It stands in a space of addresses of its own, reads them as the list
does (`core/lists`), and so has its filters, saved views, search, selection and verbs for many.
"""

from leadline.core.boards.board import Board, Column, Into, Step
from leadline.core.boards.laying import LaidOut, lay_out

__all__ = ["Board", "Column", "Into", "LaidOut", "Step", "lay_out"]
