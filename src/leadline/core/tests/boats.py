"""A tracked model that only the tests of the core know: a boat, with a column of every kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.test.utils import isolate_apps

from leadline.core import history
from leadline.core.history import tracking


@contextmanager
def boats_in_the_database() -> Iterator[type[models.Model]]:
    """The table of boats with its history, until the test's database is renewed or rolled back."""
    with isolate_apps("leadline.core"):
        boat = _boat()
    history.tracked(kind="boat", leave_out=("version", "updated_at"))(boat)
    try:
        with connection.schema_editor(atomic=False) as editor:
            editor.create_model(boat)
        history.install()
        yield boat
    finally:
        tracking._tracked.pop("boat")


def _boat() -> type[models.Model]:
    class Boat(models.Model):
        name = models.CharField(max_length=100, unique=True)
        sails = ArrayField(models.TextField(), default=list)
        price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
        details = models.JSONField(default=dict)
        sold_on = models.DateField(null=True)
        seen_at = models.DateTimeField(null=True)
        owner = models.ForeignKey(get_user_model(), models.PROTECT, null=True, related_name="+")
        archived_at = models.DateTimeField(null=True)
        updated_at = models.DateTimeField(null=True)
        version = models.IntegerField(default=1)

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return self.name

    return Boat


def fleet(boat: Any, count: int) -> list[Any]:
    """Some boats: Boat 1, Boat 2, …"""
    return boat.objects.bulk_create(boat(name=f"Boat {number}") for number in range(1, count + 1))
