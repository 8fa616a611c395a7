"""Which permission the page of targets asks for, where it refuses (PPL-5)."""

from leadline.core.verbs import addressed

addressed("targets", "target:manage")
