"""Leads: who might buy. Bringing them in, handing them out, starring, working them one after another (LEA).

Not here: customers and what hangs on them; deals; what the platform tells, which a lead will point at.
"""
