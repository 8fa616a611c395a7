"""Demo data: a believable company with customers in many countries, the same for the same seed.

`small` goes through the actions, as people would; `large` is written by set, for measuring.
"""

from leadline.config.demo.beginning import Made, make

__all__ = ["Made", "make"]
