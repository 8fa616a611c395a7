"""Journeys, crashes, concurrency and the rules of the house; each app's own tests stand beside its code."""
