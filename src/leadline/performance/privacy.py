"""What targets hold about persons: none of the customers' side (PPL-8)."""

from leadline.core.privacy import without_personal_data

without_personal_data({"performance.Target": "numbers that whoever works here is to reach"})
