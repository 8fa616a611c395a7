"""Nothing that hangs on a record is forgotten when records are merged (CUS-23)."""

import pytest
from django.apps import apps
from django.db import models

from leadline.core.merging import attached_to, mergeables

NAMES_ANY = {"record_id", "about_id", "subject_id", "object_id"}  # beside a kind
OURS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("leadline.") and ".tests." not in model.__module__
]


def columns_naming(kind):
    """Each column that names a record of a kind: a foreign key, `<kind>_id`, or a number beside a kind."""
    target = apps.get_model(mergeables()[kind])
    for model in OURS:
        for field in model._meta.local_concrete_fields:
            named = field.column in NAMES_ANY or (
                field.column == f"{kind}_id" and isinstance(field, models.IntegerField)
            )
            if field.related_model is target or (named and not field.is_relation):
                yield f"{model._meta.label}.{field.column}"


@pytest.mark.parametrize("kind", sorted(mergeables()))
def test_whatever_names_a_record_moves_or_says_why_it_stays(kind):
    """See docs/recipes/mergeable.md: register it in the app's `merging.py`."""
    registered = {entry.key for entry in attached_to(kind)}

    assert sorted(set(columns_naming(kind)) - registered) == []


@pytest.mark.parametrize("kind", sorted(mergeables()))
def test_nothing_is_registered_that_is_not_there(kind):
    for entry in attached_to(kind):
        columns = {field.column for field in entry.table._meta.local_concrete_fields}
        assert {entry.column, *entry.once} - {""} <= columns, entry.key
        assert not entry.stays or not entry.counted


def test_customers_and_contacts_can_be_merged():
    assert mergeables() == {"customer": "customers.Customer", "contact": "customers.Contact"}
