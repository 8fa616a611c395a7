"""Users of the platform go along when customers become one (CUS-23)."""

from django.utils.translation import ngettext_lazy

from leadline.core.merging import Attached, register_attached

USERS = ngettext_lazy("%(n)s user of the platform", "%(n)s users of the platform", "n")

register_attached(Attached("customer", "platform.PlatformUser", "customer_id", USERS))
