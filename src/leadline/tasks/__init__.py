"""Tasks: what somebody has to do until when, about any record or about none (TIM-7).

Not here: what a task leads to on its record; the app that owns the record calls the actions of this one.
"""
