"""The whole verification: seals, then entries, then erasures, then business rows."""

from leadline.core.history import tracked_models
from leadline.governance.chain.ledgers import LEDGERS
from leadline.governance.queries.seals import sealed_up_to
from leadline.governance.verifying.entries import verify_months
from leadline.governance.verifying.erasures import verify_erasures
from leadline.governance.verifying.records import verify_records
from leadline.governance.verifying.report import Progress, Report
from leadline.governance.verifying.seals import verify_seals


def verify(*, head: str = "", progress: Progress | None = None) -> Report:
    """Look at everything; changes nothing, holds no lock, and takes memory for the seals and marks only.

    `head` is the hash of a seal that an auditor kept elsewhere: it must still be in the chain, which proves
    that the chain's end was not cut off and made anew.
    """
    report = Report()
    if progress is not None:
        report.progress = progress
    bounds = {name: sealed_up_to(ledger) for name, ledger in LEDGERS.items()}
    seals = verify_seals(report, head=head)
    for name, ledger in LEDGERS.items():
        of_ledger = [seal for seal in seals if seal.ledger == name]
        verify_months(report, ledger, of_ledger, bounds[name])
    verify_erasures(report)
    for tracking in tracked_models():
        verify_records(report, tracking, sealed=bounds["history"])
    return report


def verify_quickly(*, latest: int = 20) -> Report:
    """The chain of the seals and the entries of the last few: what `leadline check` has time for."""
    report = Report()
    seals = verify_seals(report, head="")
    for name, ledger in LEDGERS.items():
        of_ledger = [seal for seal in seals if seal.ledger == name]
        verify_months(report, ledger, of_ledger, sealed_up_to(ledger), latest=latest)
    return report
