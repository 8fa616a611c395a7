"""The questions about leads."""
