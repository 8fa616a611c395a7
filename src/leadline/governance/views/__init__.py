"""Pages of the audit and of privacy."""
