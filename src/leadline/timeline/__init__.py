"""What happened with a record and what was noted about it: activities, notes, files, notifications.

Not here: who may log on which record; the app that owns the record decides that.
"""
