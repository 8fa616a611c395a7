"""What somebody does not want: fields of contacts and of customers alike (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Field
from leadline.core.fields.kinds import YES_NO


def wishes(table: str) -> tuple[Field, ...]:
    """No calls, no e-mail."""
    return (
        Field(
            name="do_not_call",
            label=_("Do not call"),
            kind=YES_NO,
            sql=f"{table}.do_not_call",
            synonyms=("do not phone", "jangan telepon"),
        ),
        Field(
            name="do_not_email",
            label=_("Do not e-mail"),
            kind=YES_NO,
            sql=f"{table}.do_not_email",
            synonyms=("unsubscribed", "email opt out", "jangan email"),
        ),
    )
