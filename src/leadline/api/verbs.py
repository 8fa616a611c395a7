"""Which permission the pages of webhooks ask for, where they refuse (PPL-5)."""

from leadline.core.verbs import addressed

addressed("webhooks event-log", "webhook:manage")
