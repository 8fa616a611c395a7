"""When people work and are away, who stands in, what they know, and how much they can carry (PPL-1).

Not here: who gets what while somebody is away; that is decided on higher floors, by asking `queries`.
"""
