"""A list of attacks, each tried: what is promised in docs/security.md, and what holds it (issue 3, 10).

One module for each way in: pages, forms from elsewhere, records of others, files in and out, signing in,
addresses that people type, and patterns that read what people type.
"""
