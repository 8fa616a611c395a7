"""The guided first run: the organisation, who administers it, and what to start with (INT-1)."""
