"""Finding out who is in which segment: many rules in one pass, differences written as sets."""
