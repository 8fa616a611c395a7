"""Rules: when something happens, changes, or its time comes, if it fits, then steps are done (PLT-6).

A rule is data that people write and read as one sentence. What can start one are occasions (`occasions`),
what it can ask is the condition language, what it can do are steps (`steps`) that call the same actions as
people do, in the name of the house. `running` looks and does in batches; each run is kept with why and what.
What an event means, who may see a record and how a task is made belong to the apps below.
"""
