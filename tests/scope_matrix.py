"""Who may do what with customers: written by hand from the specification (01-people.md), for people to read.

Each cell is the widest scope: `own`, `team` (the teams one manages, and own), `all`, or – for not at all.
"""

from functools import cache

VERBS = ("view", "create", "edit", "assign", "archive", "export", "import", "block", "log")

TABLE = """
role               | view | create | edit | assign | archive | export | import | block | log
-------------------|------|--------|------|--------|---------|--------|--------|-------|-----
inside-sales       | own  | own    | own  | –      | own     | own    | –      | own   | own
field-sales        | own  | own    | own  | –      | own     | own    | –      | own   | own
account-manager    | own  | own    | own  | –      | own     | own    | –      | own   | own
customer-success   | own  | own    | own  | –      | –       | own    | –      | –     | own
sales-manager      | team | team   | team | team   | team    | team   | team   | team  | team
lead-manager       | all  | –      | –    | all    | –       | –      | –      | –     | all
marketing-manager  | all  | all    | –    | –      | –       | all    | all    | –     | –
support-rep        | all  | –      | –    | –      | –       | –      | –      | –     | all
finance            | all  | –      | –    | –      | –       | all    | –      | all   | all
compliance-officer | all  | –      | –    | –      | –       | –      | –      | all   | all
product            | –    | –      | –    | –      | –       | –      | –      | –     | –
auditor            | all  | –      | –    | –      | –       | –      | –      | –     | –
administrator      | all  | all    | all  | all    | all     | all    | all    | all   | all
"""


@cache
def matrix() -> dict[str, dict[str, str]]:
    """Role → verb → scope; a verb that is not allowed is missing."""
    head, _line, *rows = ([cell.strip() for cell in row.split("|")] for row in TABLE.strip().splitlines())
    assert tuple(head[1:]) == VERBS
    return {
        role: {verb: scope for verb, scope in zip(VERBS, cells, strict=True) if scope != "–"}
        for role, *cells in rows
    }
