"""Backups: made while people work, checked before they are trusted, put in place whole or not at all (INT-7).

A backup is one file, a tar archive: `about.json`, the database in pieces, the files, the keys, and
last `manifest.json` with the size and SHA-256 of everything before it. Two kinds: a **dump** (pg_dump in one
snapshot, with the rows and a digest of each table; goes into any PostgreSQL that is not older) and a **base**
(a physical copy, from which the kept log of changes leads to any moment after it).
"""
