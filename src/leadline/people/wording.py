"""What roles allow, in words."""

from django.utils.translation import gettext_lazy as _

SCOPES = {"own": _("Own"), "team": _("Team"), "all": _("All")}

# Each permission that a role can give, in the order in which it is shown: object, verb, words.
CUSTOMERS = (
    ("customer", "view", _("See")),
    ("customer", "create", _("Add")),
    ("customer", "edit", _("Edit")),
    ("customer", "log", _("Log and note")),
    ("customer", "assign", _("Assign")),
    ("customer", "block", _("Block")),
    ("customer", "archive", _("Archive")),
    ("customer", "import", _("Import")),
    ("customer", "export", _("Export")),
)
HOUSE = (
    ("saved_view", "share", _("Share views")),
    ("user", "view", _("See people")),
    ("user", "manage", _("Manage people")),
    ("job", "view", _("See all jobs")),
    ("settings", "manage", _("Settings")),
)
COLUMNS = CUSTOMERS + HOUSE
