"""What somebody allows and does not want: fields of contacts, leads and customers alike (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Field
from leadline.core.fields.kinds import CHOICE, YES_NO
from leadline.governance.models import Contactable

CONSENTS = (
    ("email", _("Consent to e-mail"), ("email consent", "email opt in", "persetujuan email")),
    ("phone", _("Consent to calls"), ("phone consent", "call consent", "persetujuan telepon")),
    ("chat", _("Consent to chat and SMS"), ("sms consent", "chat consent", "persetujuan pesan")),
    ("post", _("Consent to post"), ("mail consent", "postal consent", "persetujuan pos")),
)


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


def consents(table: str) -> tuple[Field, ...]:
    """The lawful basis, and what the newest statement about each channel says."""
    return (
        Field(
            name="lawful_basis",
            label=_("Lawful basis"),
            kind=CHOICE,
            sql=f"{table}.lawful_basis",
            choices=tuple(Contactable.Basis.choices),
            groupable=True,
            synonyms=("legal basis", "gdpr basis", "dasar hukum"),
        ),
        *(
            Field(
                name=f"consent_{channel}",
                label=label,
                kind=CHOICE,
                sql=f"{table}.consent_{channel}",
                choices=tuple(Contactable.Given.choices),
                groupable=True,
                synonyms=synonyms,
            )
            for channel, label, synonyms in CONSENTS
        ),
    )
