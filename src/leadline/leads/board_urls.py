"""Addresses of the board of leads, in a space of their own."""

from leadline.core.boards.urls import board_paths
from leadline.leads.boards import LEAD_BOARD

app_name = LEAD_BOARD.door.space
urlpatterns = board_paths(LEAD_BOARD, "leads/board/")
