"""The questions of the audit."""
