"""What the catalogue of capabilities holds about persons: nothing (PPL-8)."""

from leadline.core.privacy import without_personal_data

without_personal_data({"plans.Capability": "names of what can be allowed"})
