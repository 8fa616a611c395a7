"""Benchmarks: what the figures of an issue ask, measured on the data set that is in the database.

Each row is a small function in one registry; beside each stands the raw SQL of the same work of the same run.
"""
