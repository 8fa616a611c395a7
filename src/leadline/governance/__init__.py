"""How the house was governed: the chain over history and ledger, the audit (PPL-7), and privacy (PPL-8).

Not here: writing history and events, which the floor below does; what each app holds about a person, which it
declares itself (`privacy.py`).
"""
