"""How often something was tried, shared by all workers."""

from django.db import models


class Attempt(models.Model):
    """A count of tries under a key, and the moment before which none more is taken.

    The table is unlogged: cheap to write, empty after a crash of the database, which costs nobody anything.
    """

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)
    free_at = models.DateTimeField()

    class Meta:
        db_table = "people_attempt"

    def __str__(self) -> str:
        return self.key
