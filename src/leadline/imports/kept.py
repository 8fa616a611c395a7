"""Imports, and what was learnt of their sources, name fields."""

from leadline.core.conditions.kept import names_fields
from leadline.imports.models import Import, SavedMapping

names_fields(Import, "mapping")
names_fields(SavedMapping, "fields")
