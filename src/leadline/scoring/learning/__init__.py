"""Learning from own conversions: what is read, what is left out, how it is measured (LEA-12).

`reading` brings the leads as they were when they came in, `leaking` finds fields that only tell the outcome
afterwards, `encoding` turns values into numbers, `child` fits and measures in a process of its own.
"""
