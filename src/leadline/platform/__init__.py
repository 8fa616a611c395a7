"""The company's own product as Leadline hears of it: who uses it, what happened there, who paid or failed to.

Events come in through one action, whichever door they took (PLT-1 to PLT-5). What is done about them (leads,
tasks, rules) belongs to the apps above, which listen.
"""
