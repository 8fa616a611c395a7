"""The questions about segments."""
