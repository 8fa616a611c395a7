"""Who works here: users, roles, teams, tokens, and which records each may see or change.

Not here: the records themselves; they ask this app for a reach and filter by it.
"""
