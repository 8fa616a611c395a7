"""Consents, sensitive values, holds and erasures go along when records become one (CUS-23, PPL-8)."""

from django.utils.translation import ngettext_lazy

from leadline.core.merging import Attached, register_attached
from leadline.governance.actions import give_back_consents

CONSENTS = ngettext_lazy("%(n)s consent", "%(n)s consents", "n")
SENSITIVE = ngettext_lazy("%(n)s sensitive value", "%(n)s sensitive values", "n")
BOTH_SENSITIVE = ngettext_lazy(
    "%(n)s sensitive value stays with the merged record, as the survivor has one of its own.",
    "%(n)s sensitive values stay with the merged records, as the survivor has its own.",
    "n",
)
HOLDS = ngettext_lazy("%(n)s legal hold", "%(n)s legal holds", "n")
BOTH_HOLDS = ngettext_lazy(
    "%(n)s legal hold stands beside the survivor's: both forbid erasing.",
    "%(n)s legal holds stand beside the survivor's: all forbid erasing.",
    "n",
)
ERASURES = ngettext_lazy("%(n)s request to erase", "%(n)s requests to erase", "n")
BOTH_ERASURES = ngettext_lazy(
    "%(n)s request to erase stays beside the survivor's: either erases all of them.",
    "%(n)s requests to erase stay beside the survivor's: each erases all of them.",
    "n",
)


for _kind in ("customer", "contact"):
    register_attached(
        Attached(
            _kind,
            "governance.Consent",
            "record_id",
            CONSENTS,
            kind_column="kind",
            back=give_back_consents,
        )
    )
    register_attached(
        Attached(
            _kind,
            "governance.Sensitive",
            "record_id",
            SENSITIVE,
            kind_column="kind",
            once=("name",),
            both=BOTH_SENSITIVE,
        )
    )
    register_attached(
        Attached(
            _kind,
            "governance.LegalHold",
            "record_id",
            HOLDS,
            kind_column="kind",
            once=("kind",),
            when="lifted_at IS NULL",
            both=BOTH_HOLDS,
        )
    )
    register_attached(
        Attached(
            _kind,
            "governance.Erasure",
            "record_id",
            ERASURES,
            kind_column="kind",
            once=("kind",),
            when="state IN ('requested', 'waiting')",
            both=BOTH_ERASURES,
        )
    )
