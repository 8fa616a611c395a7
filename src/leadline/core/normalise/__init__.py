"""Text, phone numbers, e-mail and web addresses in the form in which they are stored and matched (CUS-2).

Pure functions: no database, no request.
"""
