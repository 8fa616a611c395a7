"""Why not? Why somebody can't do something or find a record, and who can help (PPL-5).

The answer comes from the verbs that policies and actions ask (`core/verbs`) and from the scope of roles. Of a
record that the person may not know of, it is the answer for one that never was.
"""
