"""Records that lower floors point at without knowing them: a kind ("customer") and a key.

An app registers the kinds it owns; a timeline or a notification asks here who may see one.
"""

from typing import Any

from django.apps import apps
from django.db import models

_registered: dict[str, str] = {}


def register_subject(kind: str, model: str) -> None:
    """Say which model (`customers.Customer`) stands behind a kind; its queryset has `visible_to`."""
    _registered[kind] = model


def subject_model(kind: str) -> type[models.Model]:
    """The model behind a kind; raises KeyError for a kind nobody registered."""
    return apps.get_model(_registered[kind])


def visible_subjects(kind: str, user: Any) -> models.QuerySet[Any]:
    """The records of a kind that a user sees, by the owning app's own rule (ALL-3)."""
    rows: Any = subject_model(kind)._default_manager.all()
    return rows.visible_to(user)
