"""The `leadline` command: each of its commands is a door to the same actions as the pages (INT-4).

A command is a function in a module of its own, named in `commands.py` and loaded when it is asked for.
"""
