"""What roles can allow: each object with its verbs, in words. Apps add theirs in one line (PPL-2, PPL-4).

`permissions_for("lead", _("Leads"), "view create edit assign archive")` in an app's `policies.py`. Which of
them the provided roles carry stands in `provided_roles.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.people.scope import WIDTH

Text = str | Promise
Words = tuple[Text, Text]

# Verb → what a role's page calls it, and what it lets people do.
VERBS: dict[str, Words] = {
    "view": (_("See"), _("Find and read them, and what belongs to them.")),
    "create": (_("Add"), _("Add new ones by hand or by a program.")),
    "edit": (_("Edit"), _("Change their fields and what belongs to them.")),
    "log": (_("Log and note"), _("Log calls and meetings, write notes.")),
    "assign": (_("Assign"), _("Give them another owner or team.")),
    "block": (_("Block"), _("Stop messages and new deals, and allow them again.")),
    "archive": (_("Archive"), _("Take them out of the lists, and bring them back.")),
    "import": (_("Import"), _("Bring in files.")),
    "export": (_("Export"), _("Take them out as a file.")),
    "approve": (_("Approve"), _("Say yes or no where approval is asked for.")),
    "share": (_("Share"), _("Give them to others.")),
    "manage": (_("Manage"), _("Set up and change.")),
}
FOR_ALL = ("all",)


@dataclass(frozen=True)
class Permission:
    """One verb on one object. `scopes` are those that a role can choose from, narrowest first."""

    kind: str
    verb: str
    label: Text
    help: Text
    scopes: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its name in forms and in the API: `customer:edit`."""
        return f"{self.kind}:{self.verb}"

    @property
    def is_plain(self) -> bool:
        """Whether a role has it or not, without a choice of records."""
        return self.scopes == FOR_ALL


@dataclass(frozen=True)
class Permissions:
    """All that can be allowed on one kind of object. Records of an owner have a catalogue of that kind."""

    kind: str
    label: Text
    permissions: tuple[Permission, ...]


_registered: dict[str, Permissions] = {}


def permissions_for(
    kind: str,
    label: Text,
    verbs: str,
    *,
    scopes: tuple[str, ...] = tuple(WIDTH),
    words: Mapping[str, Words] | None = None,
) -> None:
    """Declare an object and its verbs. `words` names verbs of its own, or a common one more exactly.

    `scopes=FOR_ALL` is for what belongs to nobody: a role has it or not.
    """
    known = {**VERBS, **(words or {})}
    each = tuple(Permission(kind, verb, *known[verb], scopes) for verb in verbs.split())
    _registered[kind] = Permissions(kind, label, each)


def registered_permissions() -> list[Permissions]:
    """Every object that roles know: those with owners first, then what belongs to the house."""
    return sorted(_registered.values(), key=lambda found: found.permissions[0].scopes == FOR_ALL)


def permission(kind: str, verb: str) -> Permission | None:
    """One permission; none for one that no app of this version declares."""
    found = _registered.get(kind)
    return next((each for each in found.permissions if each.verb == verb), None) if found else None
