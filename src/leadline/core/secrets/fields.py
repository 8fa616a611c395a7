"""A column whose text is closed in the database and open in Python."""

from typing import Any

from django.db import models

from leadline.core.secrets.ciphering import decrypt, encrypt


class EncryptedTextField(models.TextField):
    """A text encrypted at rest; an empty one stays empty. It can't be searched, only asked for null.

    `purpose` is `table.column`, so a value moved to another column opens nowhere.
    """

    @property
    def purpose(self) -> str:
        """What the values are closed for."""
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Open what the database holds."""
        return decrypt(value, self.purpose) if value else value

    def get_prep_value(self, value: Any) -> Any:
        """Close what goes to the database."""
        text = super().get_prep_value(value)
        return encrypt(text, self.purpose) if text else text

    def get_lookup(self, lookup_name: str) -> Any:
        """No lookup compares: of one text no two closed ones are alike."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
