"""Consents, sensitive values, holds and erasures go along when records become one (CUS-23, PPL-8)."""

from django.utils.translation import ngettext

from leadline.core.formats import number
from leadline.core.merging import Attached, register_attached
from leadline.core.merging.conditions import conditions_in
from leadline.governance.actions import give_back_consents


def _consents(n: int) -> str:
    return ngettext("%(n)s consent", "%(n)s consents", n) % {"n": number(n)}


def _sensitive(n: int) -> str:
    return ngettext("%(n)s sensitive value", "%(n)s sensitive values", n) % {"n": number(n)}


def _both_sensitive(n: int) -> str:
    words = ngettext(
        "%(n)s sensitive value stays with the merged record, as the survivor has one of its own.",
        "%(n)s sensitive values stay with the merged records, as the survivor has its own.",
        n,
    )
    return words % {"n": number(n)}


def _holds(n: int) -> str:
    return ngettext("%(n)s legal hold", "%(n)s legal holds", n) % {"n": number(n)}


def _both_holds(n: int) -> str:
    return ngettext(
        "%(n)s legal hold stands beside the survivor's: both forbid erasing.",
        "%(n)s legal holds stand beside the survivor's: all forbid erasing.",
        n,
    ) % {"n": number(n)}


def _erasures(n: int) -> str:
    return ngettext("%(n)s request to erase", "%(n)s requests to erase", n) % {"n": number(n)}


def _both_erasures(n: int) -> str:
    return ngettext(
        "%(n)s request to erase stays beside the survivor's: either erases all of them.",
        "%(n)s requests to erase stay beside the survivor's: each erases all of them.",
        n,
    ) % {"n": number(n)}


def _rules(n: int) -> str:
    return ngettext("%(n)s rule of retention", "%(n)s rules of retention", n) % {"n": number(n)}


for _kind in ("customer", "contact"):
    register_attached(
        Attached(
            _kind,
            "governance.Consent",
            "record_id",
            _consents,
            kind_column="kind",
            back=give_back_consents,
        )
    )
    register_attached(
        Attached(
            _kind,
            "governance.Sensitive",
            "record_id",
            _sensitive,
            kind_column="kind",
            once=("name",),
            both=_both_sensitive,
        )
    )
    register_attached(
        Attached(
            _kind,
            "governance.LegalHold",
            "record_id",
            _holds,
            kind_column="kind",
            once=("kind",),
            when="lifted_at IS NULL",
            both=_both_holds,
        )
    )
    register_attached(
        Attached(
            _kind,
            "governance.Erasure",
            "record_id",
            _erasures,
            kind_column="kind",
            once=("kind",),
            when="state IN ('requested', 'waiting')",
            both=_both_erasures,
        )
    )
    conditions_in(_kind, "governance.RetentionRule", "where", _rules)
