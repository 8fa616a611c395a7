"""How promising leads are: rules that people read, and a model learnt from own conversions (LEA-12).

A score is a number from 0 to 100 with its reasons. The number is kept by leads, the reasons here. The model
is used only where it beat the rules on later leads; it is learnt in a process of its own, and applied without
the library that learnt it. Whom to call and assign is decided elsewhere.
"""
