"""Which permission the pages of audit and privacy ask for, where they refuse (PPL-5)."""

from leadline.core.verbs import addressed

addressed("audit", "audit:view")
addressed("privacy erasures", "privacy:erase")
addressed("retention retention-rules", "privacy:manage")
addressed("reveal", "sensitive:view")
