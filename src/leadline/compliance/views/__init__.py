"""The doors of compliance: list, page, verbs, settings; the board stands in `boards`."""
