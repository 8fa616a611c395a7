"""Months of events as files (Parquet): written, read back, brought back, erased from (PLT-2).

A month is in the database, in a file, or, after it was brought back, in both; the row of `ArchivedMonth` says
which. Files are never changed: another version has another name, and what no row names is removed.
"""
