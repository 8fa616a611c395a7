"""Addresses of the board of compliance, in a space of their own."""

from leadline.compliance.boards import COMPLIANCE_BOARD
from leadline.core.boards.urls import board_paths

app_name = COMPLIANCE_BOARD.door.space
urlpatterns = board_paths(COMPLIANCE_BOARD, "compliance/", many=False)
