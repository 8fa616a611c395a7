"""What can be told of compliance, in the past tense; subjects are the procedure and whom it is about."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class ComplianceStarted(Event):
    """A compliance procedure began, after the first deposit or by hand."""

    procedure_id: int
    lead_id: int | None
    customer_id: int | None

    wording = _("started the compliance procedure")


@dataclass(frozen=True)
class ComplianceApproved(Event):
    """A compliance procedure was approved: from here on the retention desk may work."""

    procedure_id: int
    lead_id: int | None
    customer_id: int | None

    wording = _("approved the compliance procedure")


@dataclass(frozen=True)
class ComplianceDeclined(Event):
    """A compliance procedure was declined."""

    procedure_id: int
    lead_id: int | None
    customer_id: int | None

    wording = _("declined the compliance procedure")


@dataclass(frozen=True)
class ComplianceReopened(Event):
    """A compliance procedure is open again: by hand, or because something approved expired."""

    procedure_id: int
    lead_id: int | None
    customer_id: int | None
    expired: bool

    wording = _("reopened the compliance procedure")
