"""The door for programs: /api/v1, through the same actions and queries as the pages.

Not here: rules. An operation parses, calls, and answers.
"""
