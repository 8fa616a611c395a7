"""Customers and their contacts: adding, finding, changing, handing over, archiving.

Not here: importing files (imports), deals, plans or cases; those stand on higher floors.
"""
