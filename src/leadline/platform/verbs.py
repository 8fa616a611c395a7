"""Which permission the pages of the platform ask for, where they refuse (PPL-5)."""

from leadline.core.verbs import addressed

addressed("platform", "platform:manage")
addressed("online", "platform_user:view")
addressed("payments", "payment:view")
addressed("features", "usage:view")
addressed("usage", "usage:view")
addressed("events", "platform:send")
