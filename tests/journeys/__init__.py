"""Journeys: short stories of the cast in a real browser, by real clicks and keys, on a served application."""
