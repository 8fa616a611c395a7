"""What every app stands on, without one business word.

One field catalogue, one condition language, one list, one change set, one history, one ledger of
events, one job with progress; also refusals, forms, search, templates and the embedded database.
Not here: anything that knows what a customer, a lead or a deal is.
"""
