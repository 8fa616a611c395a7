"""What can start a rule: something on the platform, an event of the ledger, a change, a time."""

from leadline.automation.occasions.finding import found_by
from leadline.automation.occasions.happening import Happening, Occasion
from leadline.automation.occasions.known import groups_of_occasions, occasion_named, occasions
from leadline.automation.occasions.starts import Start, read_start

__all__ = [
    "Happening",
    "Occasion",
    "Start",
    "found_by",
    "groups_of_occasions",
    "occasion_named",
    "occasions",
    "read_start",
]
