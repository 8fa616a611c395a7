"""Signing in: who is it, how sure are we, and for how long (PPL-6, PPL-9).

Passwords, second factors, sessions, limits to guessing, single sign-on, invitations. What a person may
then do is said by the roles, elsewhere in this app.
"""
