"""Who gets a record: rules in order, fair turns, the reason kept, rehearsal, fairness (LEA-7, SIG-5).

No word of leads here: an app says in its `dealing.py` what can be assigned by rules (`registry`). Not here:
one person handing over to others (`handovers`); who works when and knows what (`people.working`).
"""
