"""Which permission the pages of assignment ask for, where they refuse (PPL-5)."""

from leadline.core.verbs import addressed

addressed("assignment", "assignment:view")
