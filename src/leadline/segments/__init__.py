"""Segments: named sets of records, picked by hand or found by a rule, whose members are dated (CUS-16).

Generic below the apps whose records are gathered: an app makes its kind segmentable by a line
(`kinds.register_segmentable`) and a field of its catalogue (`fields.segments_field`). What a rule can ask is
the condition language; what is done with a segment (campaigns, automation) belongs to the apps above, which
say what they use (`using`).
"""
