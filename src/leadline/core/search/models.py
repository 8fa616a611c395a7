"""The tables of search: documents, one partition for each kind, and the words that occur in them."""

from django.db import models


class SearchDocument(models.Model):
    """What one record is found by: folded lines of text. Written by `indexing` alone."""

    pk = models.CompositePrimaryKey("kind", "object_id")
    kind = models.TextField()
    object_id = models.BigIntegerField()
    text = models.TextField(db_collation="C")

    class Meta:
        managed = False  # made by migration 0004: Django can't describe a partitioned table
        db_table = "core_search_document"

    def __str__(self) -> str:
        return self.text.partition("\n")[0]


class SearchWord(models.Model):
    """A word that occurs in documents: what a misspelt one may have meant.

    A word may stand twice when two imports bring it at the same moment; no lock is worth that.
    """

    word = models.TextField(db_collation="C")

    class Meta:
        managed = False
        db_table = "core_search_word"

    def __str__(self) -> str:
        return self.word
