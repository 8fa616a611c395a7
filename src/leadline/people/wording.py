"""What roles allow, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.people.permissions import permission, permissions_on
from leadline.people.provided_roles import Grants

SCOPES = {
    "own": gettext_lazy("Own"),
    "territory": gettext_lazy("Territory"),
    "team": gettext_lazy("Team"),
    "all": gettext_lazy("All"),
}


def scope_in_words(kind: str, verb: str, scope: str) -> str:
    """Own, Team, All; yes for what a role has or not; empty for not at all."""
    known = permission(kind, verb)
    return _("yes") if scope and known and known.is_plain else str(SCOPES.get(scope, scope))


def permission_in_words(kind: str, verb: str) -> str:
    """Object and verb as the pages call them: “Customers, contacts and their timelines: Export”."""
    known, on = permission(kind, verb), permissions_on(kind)
    return f"{on.label}: {known.label}" if known and on else f"{kind}: {verb}"


def grants_in_words(grants: Grants) -> dict[str, str]:
    """Permission → scope, both in words."""
    return {
        permission_in_words(kind, verb): scope_in_words(kind, verb, scope)
        for kind, verbs in grants.items()
        for verb, scope in verbs.items()
    }
