"""Duplicates: records of the whole database that may be one, found in the background, shown as pairs and
groups. How alike two records are is the likeness of `customers`; how they become one is their merge.
"""
