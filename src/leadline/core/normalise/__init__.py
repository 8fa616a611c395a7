"""Text, phone numbers, e-mail and web addresses in the one form in which they are stored, matched and sorted (CUS-2).

Pure functions: no database, no request.
"""
