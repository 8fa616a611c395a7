"""What roles allow, in words."""

from django.utils.translation import gettext_lazy as _

SCOPES = {"own": _("Own"), "territory": _("Territory"), "team": _("Team"), "all": _("All")}
