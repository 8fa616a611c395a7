"""Looking after a running installation: readiness, metrics, the log's line for each request (INT-7)."""
