"""The administrators' page about the running installation: well or not, backups, queue, size (INT-7)."""
