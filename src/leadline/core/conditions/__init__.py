"""The condition language: and, or, not over (field, operator, value), as one compact JSON form.

    {"and": [{"field": "industry", "op": "equals", "value": "Technology"},
             {"or": [{"field": "created_at", "op": "in_last", "value": 30, "unit": "days"},
                     {"not": {"field": "tags", "op": "has_any", "value": ["vip"]}}]},
             {"count": "activities", "where": {"field": "kind", "op": "equals", "value": "call"},
              "op": "at_least", "value": 3}]}

`parse` refuses with words; a `Condition` compiles to SQL, looks at one record, and reads as a sentence.
The three agree: a property test holds it. What is empty is unequal to everything; text is compared
without regard to case.
"""

from leadline.core.conditions.condition import Condition, everything
from leadline.core.conditions.context import Context
from leadline.core.conditions.gathering import Gathering
from leadline.core.conditions.parsing import parse

__all__ = ["Condition", "Context", "Gathering", "everything", "parse"]
