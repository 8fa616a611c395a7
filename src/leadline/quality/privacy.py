"""Data quality holds counts alone (PPL-8)."""

from leadline.core.privacy import without_personal_data

without_personal_data({"quality.Portfolio": "counts and keys"})
