"""Pages of the API: its description, and webhooks."""
