"""The log: lines with the number of their request or job, without what people typed (INT-7)."""
