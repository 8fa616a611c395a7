"""What an assignment was decided by stays with the record that was assigned (CUS-23)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.merging import Attached, register_attached

WHY = _("Why a record got its owner is told on that record.")

for kind in ("customer", "contact"):
    register_attached(Attached(kind, "assignment.Given", "record_id", stays=WHY))
