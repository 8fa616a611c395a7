"""What the company writes to people: templates by language, and e-mail sent from a record (PPL-8, TIM-3).

How mail leaves the house is core's (`core/mail`); who may be written to is governance's.
"""
