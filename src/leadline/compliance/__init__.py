"""Compliance: after the first deposit, who somebody is, where the money comes from, what is at risk (LEA-10).

A procedure is about a lead, or about the customer that it became. Not here: assigning to a desk afterwards,
which those above do when they hear that a procedure was approved.
"""
