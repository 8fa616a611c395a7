"""Which permission the pages of capabilities ask for, where they refuse (PPL-5)."""

from leadline.core.verbs import addressed

addressed("capabilities", "capability:manage")
