"""Web forms: pages on which visitors leave their details and become leads, guarded against spam (LEA-2).

A marketer chooses what is asked and in which words; visitors fill the form on its own page or within another
site. What comes in goes through the leads' own actions, so the same person again is the same lead. Writing to
leads and handing them out is not done here.
"""
