"""What rules did for a customer is told of the one that it became; what it was about stays (CUS-23)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.core.merging import Attached, register_attached

RUNS = ngettext_lazy("%(n)s run of a rule", "%(n)s runs of rules", "n")
STAYS = _("For what a rule ran once is kept as it was, so that it does not run again.")

register_attached(Attached("customer", "automation.Run", "customer_id", RUNS))
for _kind in ("customer", "contact"):
    register_attached(Attached(_kind, "automation.Run", "record_id", stays=STAYS))
