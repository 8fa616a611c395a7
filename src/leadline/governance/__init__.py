"""What proves how the house was governed: the chain over history and ledger, and the audit (PPL-7).

Not here: writing history and events, which the floor below does; erasing a person, which each app does.
"""
