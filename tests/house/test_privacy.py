"""Every model says what it holds about persons (PPL-8)."""

import pytest
from django.apps import apps

from leadline.core.privacy import declared_models, registered_texts
from leadline.core.privacy.texts import take_out

OURS = [model for model in apps.get_models() if model.__module__.startswith("leadline.") and ".tests." not in model.__module__]  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_model_is_a_holder_or_says_why_not(model):
    """See docs/recipes/personal-data.md: register a holder in the app's `privacy.py`, or declare it free."""
    assert model._meta.label in declared_models()


def test_nothing_is_declared_that_is_not_there():
    assert declared_models() <= {model._meta.label for model in apps.get_models()}


def test_all_declared_texts_exist(db):
    for texts in registered_texts():
        assert take_out(texts, ["nobody is called so"]) == 0
