"""The scan: keys of all records, records that meet under a key, their likeness, pairs and groups (CUS-22)."""
