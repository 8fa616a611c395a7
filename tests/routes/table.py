"""What every address and every operation answers, for people to read (PPL-4, ALL-3).

The table stands in the files of `tables`, one for each subject, pages before operations of the API. One line
for each method of each address: what it asks for | what it answers who may | what the test sends. A new
address needs its line there; the test finds it by itself and says which is missing.

What it asks for:
  anybody        also who has not signed in
  signed in      whoever works here; what is not theirs does not appear in it
  OBJECT VERB    a role with this permission. Where the address names a customer, or what belongs to one: on
                 the records within the role's scope (people/provided_roles.py). Who sees the record and may
                 not, gets 403; who does not see it, 404, as for one that is not there.
  mine           whoever made it; for all others it is not there
  job read       whoever made it, and whoever may see all jobs
  job write      whoever made it, and an administrator; 403 for others who see it
  import read    whoever made it and may import, and whoever may see all jobs
  import write   whoever made it and may import, and an administrator; 403 for others who see it
  some import    who may import anything at all
  mapping        whoever kept it and may import; for all others it is not there
  metric         who sees timelines; for others there is no such figure
  dashboard      a seller, and an administrator; for others it is not there
  timelines      who sees customers or leads, and so what happened with them
  quality refresh  who assigns customers or manages the settings
  handover read  whoever started it or has it as a sheet, whoever assigns all customers, and whoever may see
                 all jobs
  handover write whoever started it, and who manages people; 403 for others who see it
  sheet accept   whoever it is for; 403 for others who see it
  task read      whose it is, and whoever sees all tasks (it is about no record)
  task change    the same, where the role changes tasks; 403 for others who see it (and so `task give`)
  segment read   whose it is, where the role sees segments (it is shown to nobody else)
  segment edit   the same, where the role changes segments; 403 where it does not (and so `segment archive`)
  sending        whoever wrote it, and an administrator; for all others it is not there
What it answers is for who may; 403 is for who may not, unless another stands in brackets.
Who has not signed in is sent to the sign-in page (302), a program without a token gets 401.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

from leadline.people.provided_roles import provided_grants
from leadline.workspaces.provided import SELLERS

FOLDER = Path(__file__).parent / "tables"

REACHED: dict[str | None, set[str]] = {
    None: set(),
    "own": {"own"},
    "territory": {"own", "territory's"},
    "team": {"own", "team's"},
    "all": {"own", "territory's", "team's", "others'"},
}
YES, NO, NOT_THERE = "yes", "no", "not there"


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    asks: str
    answers: frozenset[int]
    refuses: frozenset[int]
    sends: dict[str, str]


@cache
def lines() -> dict[tuple[str, str], Line]:
    """Method and address → its line."""
    found = {}
    rows = [row for file in sorted(FOLDER.glob("*.txt")) for row in file.read_text().splitlines() if row]
    for row in rows:
        where, asks, answers, *sends = (cell.strip() for cell in row.split("|"))
        method, route = where.split()
        allowed, _bracket, refused = answers.rstrip(")").partition(" (")
        statuses = frozenset(map(int, allowed.split("/")))
        sent = dict(parse_qsl(sends[0])) if sends else {}
        found[method, route.strip('"')] = Line(
            asks, statuses, frozenset(map(int, (refused or "403").split("/"))), sent
        )
    return found


def verdict(line: Line, role: str, whose: str, *, of_a_customer: bool) -> str:
    """What somebody of a role gets for a record of somebody: yes, no, or that there is no such thing."""
    if line.asks in ("anybody", "signed in"):
        return YES
    if line.asks in SOMEBODYS:
        return SOMEBODYS[line.asks](role, whose == "own")
    kind, verb = line.asks.split()
    if not of_a_customer:
        return YES if may(role, kind, verb) else NO
    if whose not in REACHED[scope(role, "customer", "view")]:
        return NOT_THERE
    return YES if whose in REACHED[scope(role, kind, verb)] else NO


def scope(role: str, kind: str, verb: str) -> str | None:
    """What the table of roles says."""
    return provided_grants()[role].get(kind, {}).get(verb)


def may(role: str, kind: str, verb: str) -> bool:
    """Whether a role has a permission at all."""
    return scope(role, kind, verb) is not None


def _mine(role: str, own: bool) -> str:
    return YES if own else NOT_THERE


def _job_read(role: str, own: bool) -> str:
    return YES if own or may(role, "job", "view") else NOT_THERE


def _job_write(role: str, own: bool) -> str:
    if _job_read(role, own) == NOT_THERE:
        return NOT_THERE
    return YES if own or may(role, "settings", "manage") else NO


def _import_read(role: str, own: bool) -> str:
    return YES if may(role, "job", "view") or (own and may(role, "customer", "import")) else NOT_THERE


def _import_write(role: str, own: bool) -> str:
    if _import_read(role, own) == NOT_THERE:
        return NOT_THERE
    return YES if may(role, "customer", "import") and (own or may(role, "settings", "manage")) else NO


def _some_import(role: str, own: bool) -> str:
    return YES if may(role, "customer", "import") or may(role, "lead", "import") else NO


def _metric(role: str, own: bool) -> str:
    return YES if _timelines(role, own) == YES else NOT_THERE


def _dashboard(role: str, own: bool) -> str:
    return YES if role in (*SELLERS, "administrator") else NOT_THERE


def _timelines(role: str, own: bool) -> str:
    return YES if may(role, "customer", "view") or may(role, "lead", "view") else NO


def _quality_refresh(role: str, own: bool) -> str:
    return YES if may(role, "customer", "assign") or may(role, "settings", "manage") else NO


def _mapping(role: str, own: bool) -> str:
    return YES if own and may(role, "customer", "import") else NOT_THERE


def _handover_read(role: str, own: bool) -> str:
    assigns_all = scope(role, "customer", "assign") == "all"
    return YES if own or assigns_all or may(role, "job", "view") else NOT_THERE


def _handover_write(role: str, own: bool) -> str:
    if _handover_read(role, own) == NOT_THERE:
        return NOT_THERE
    return YES if own or may(role, "user", "manage") else NO


def _sheet_accept(role: str, own: bool) -> str:
    if _handover_read(role, own) == NOT_THERE:
        return NOT_THERE
    return YES if own else NO


def _segment_read(role: str, own: bool) -> str:
    return YES if own and may(role, "segment", "view") else NOT_THERE


def _segment_edit(role: str, own: bool) -> str:
    return _segment(role, own, "edit")


def _segment_archive(role: str, own: bool) -> str:
    return _segment(role, own, "archive")


def _segment(role: str, own: bool, verb: str) -> str:
    if _segment_read(role, own) == NOT_THERE:
        return NOT_THERE
    return YES if may(role, "segment", verb) else NO


def _sending(role: str, own: bool) -> str:
    return YES if own or may(role, "settings", "manage") else NOT_THERE


def _task_read(role: str, own: bool) -> str:
    return YES if own or scope(role, "task", "view") == "all" else NOT_THERE


def _task_edit(role: str, own: bool) -> str:
    return _task(role, own, "edit")


def _task_assign(role: str, own: bool) -> str:
    return _task(role, own, "assign")


def _task(role: str, own: bool, verb: str) -> str:
    if _task_read(role, own) == NOT_THERE:
        return NOT_THERE
    allowed = scope(role, "task", verb)
    return YES if allowed == "all" or (own and allowed is not None) else NO


SOMEBODYS = {
    "task read": _task_read,
    "task change": _task_edit,
    "task give": _task_assign,
    "sending": _sending,
    "segment read": _segment_read,
    "segment edit": _segment_edit,
    "segment archive": _segment_archive,
    "handover read": _handover_read,
    "handover write": _handover_write,
    "sheet accept": _sheet_accept,
    "mapping": _mapping,
    "some import": _some_import,
    "quality refresh": _quality_refresh,
    "timelines": _timelines,
    "metric": _metric,
    "dashboard": _dashboard,
    "mine": _mine,
    "job read": _job_read,
    "job write": _job_write,
    "import read": _import_read,
    "import write": _import_write,
}
