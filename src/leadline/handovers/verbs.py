"""Which permission the pages of hand-overs ask for, where they refuse (PPL-5)."""

from leadline.core.verbs import addressed

addressed("handovers handover-sheets", "customer:assign")
