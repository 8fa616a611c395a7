"""Which permission the pages about people and settings ask for, where they refuse (PPL-5)."""

from leadline.core.verbs import addressed

addressed("people users teams roles territories skills invitations", "user:manage")
addressed("settings operation", "settings:manage")
addressed("fields", "field:manage")
