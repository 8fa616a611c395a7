"""`leadline audit`."""

import sys
from typing import Annotated, Any

import typer

from leadline.config.cli.database import operator, tell, with_database
from leadline.governance.actions import tell_verified
from leadline.governance.queries.seals import head as last_seal
from leadline.governance.verifying import Report
from leadline.governance.verifying import verify as verify_all

app = typer.Typer(help="Prove that history and ledger were not touched.", no_args_is_help=True)


@app.callback()
def audit() -> None:
    pass


@app.command()
@with_database
def verify(
    head: Annotated[str, typer.Option(help="A head that was kept elsewhere (`leadline audit head`).")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Verify every entry, seal, erasure and business row; exit code 1 and the first break in words.

    Example: leadline audit verify --head 5f0c…
    """
    report = verify_all(head=head.strip(), progress=_progress if sys.stderr.isatty() else None)
    last = last_seal()
    by = operator()
    tell_verified(entries=report.entries, broken=report.count, seal=last.number if last else 0, by=by)
    tell(in_words(report), report.as_json(), as_json=as_json)
    if not report.ok:
        sys.exit(1)


@app.command()
@with_database
def head(
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Print the head of the chain; keep it where nobody who runs this machine can change it.

    Example: leadline audit head >> heads-kept-elsewhere.txt
    """
    last = last_seal()
    if last is None:
        sys.exit("leadline: nothing is sealed yet; the worker seals every minute.")
    said: dict[str, Any] = {"head": bytes(last.hash).hex(), "seal": last.number, "at": last.at}
    tell(said["head"], said, as_json=as_json)


def in_words(report: Report) -> str:
    """What was found, as a person reads it; the first break first."""
    lines = [f"BROKEN  {found.what}: {found.words}" for found in report.broken]
    if report.count > len(lines):
        lines.append(f"… and {report.count - len(lines):,} more.")
    lines += [f"note    {note}" for note in report.notes]
    if report.outside:
        lines.append(
            f"note    {report.outside:,} entries were written from outside of Leadline: no actor, no door."
        )
    if report.unsealed:
        lines.append(f"note    {report.unsealed:,} entries are not sealed yet.")
    words = "Nothing was altered, removed or put in" if report.ok else f"{report.count:,} breaks"
    lines.append(
        f"{words}: {report.entries:,} entries, {report.records:,} records. Head {report.head or '–'}"
    )
    return "\n".join(lines)


def _progress(what: str, done: int) -> None:
    sys.stderr.write(f"\r{what}: {done:,}   ")
