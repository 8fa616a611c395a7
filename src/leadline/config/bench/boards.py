"""Boards with their totals, as each person: the page, lanes, an exact count (LEA-4, WSP-3)."""

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data
from leadline.config.bench.registry import Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.leads.models import Stage

BOARD = "/leads/board/"
_RAW = """
SELECT stage.id, top.id, counted.many FROM leads_stage stage
 CROSS JOIN LATERAL (SELECT id FROM leads_lead WHERE stage_id = stage.id AND archived_at IS NULL {own}
                      ORDER BY stage_since DESC, id DESC LIMIT 25) top
 CROSS JOIN LATERAL (SELECT count(*) AS many FROM (SELECT 1 FROM leads_lead WHERE stage_id = stage.id
                      AND archived_at IS NULL {own} LIMIT {most}) bounded) counted
"""


def _measured(data: Data, who: str, address: str = BOARD) -> dict[str, Measured]:
    user = data.people[who]
    own = "AND owner_id = %s" if who == "rep" else ""
    raw = (_RAW.format(own=own, most=10_001 if own else 1_001), [user.pk] * 2 if own else [])
    return {who: measured([fetch(user, address)], data.times, raw=[] if who == "manager" else [raw])}


@row("Board of leads with totals, a rep's", Goal(12))
def of_a_rep(data: Data) -> dict[str, Measured]:
    """The own leads."""
    return _measured(data, "rep")


@row("Board of leads with totals, a team's", Goal(15))
def of_a_team(data: Data) -> dict[str, Measured]:
    """Those of the teams below."""
    return _measured(data, "manager")


@row("Board of leads with totals, of all", Goal(30))
def of_all(data: Data) -> dict[str, Measured]:
    """A million; and in lanes by owner."""
    stage = Stage.objects.in_use().first()
    asked = {
        "": BOARD,
        "lanes by owner": f"{BOARD}?lanes=owner",
        "a column counted": f"{BOARD}count?column={stage.pk if stage else 0}",
    }
    user = data.administrator
    return {name or "all": measured([fetch(user, address)], data.times) for name, address in asked.items()}
