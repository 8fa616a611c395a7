"""What roles can allow: each object with its verbs, in words. Apps add theirs in one line (PPL-2, PPL-4).

`permissions_for("lead", _("Leads"), "view create edit assign archive")` in an app's `policies.py`. Which of
them the provided roles carry stands in `provided_roles.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.people.scope import WIDTH

Text = str | Promise
Words = tuple[Text, Text, Text]
Counted = Callable[[int], str]

# Verb → what a role's page calls it, what it lets people do, and how a sentence says it.
VERBS: dict[str, Words] = {
    "view": (_("See"), _("Find and read them, and what belongs to them."), _("see %(objects)s")),
    "create": (_("Add"), _("Add new ones by hand or by a program."), _("add %(objects)s")),
    "edit": (_("Edit"), _("Change their fields and what belongs to them."), _("edit %(objects)s")),
    "log": (_("Log and note"), _("Log calls and meetings, write notes."), _("log on %(objects)s")),
    "assign": (_("Assign"), _("Give them another owner or team."), _("assign %(objects)s")),
    "block": (_("Block"), _("Stop messages and new deals, and allow them again."), _("block %(objects)s")),
    "archive": (
        _("Archive"),
        _("Take them out of the lists, and bring them back."),
        _("archive %(objects)s"),
    ),
    "merge": (
        _("Merge"),
        _("Make one of several that are the same, and undo it."),
        _("merge %(objects)s"),
    ),
    "import": (_("Import"), _("Bring in files."), _("import %(objects)s")),
    "export": (_("Export"), _("Take them out as a file."), _("export %(objects)s")),
    "approve": (_("Approve"), _("Say yes or no where approval is asked for."), _("approve %(objects)s")),
    "share": (_("Share"), _("Give them to others."), _("share %(objects)s")),
    "manage": (_("Manage"), _("Set up and change."), _("manage %(objects)s")),
}
FOR_ALL = ("all",)


@dataclass(frozen=True)
class Permission:
    """One verb on one object. `scopes` are those that a role can choose from, narrowest first."""

    kind: str
    verb: str
    label: Text
    help: Text
    deed: Text
    objects: Text
    scopes: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its name in forms and in the API: `customer:edit`."""
        return f"{self.kind}:{self.verb}"

    def in_words(self, objects: str = "") -> str:
        """As a sentence says it: “export customers”, or “export 2,310 customers” when they are counted."""
        return str(self.deed) % {"objects": objects or self.objects}

    @property
    def is_plain(self) -> bool:
        """Whether a role has it or not, without a choice of records."""
        return self.scopes == FOR_ALL


@dataclass(frozen=True)
class Permissions:
    """All that can be allowed on one kind of object. `counted` says how many of its records, in words."""

    kind: str
    label: Text
    permissions: tuple[Permission, ...]
    counted: Counted | None


_registered: dict[str, Permissions] = {}


def permissions_for(
    kind: str,
    label: Text,
    verbs: str,
    *,
    objects: Text = "",
    counted: Counted | None = None,
    scopes: tuple[str, ...] = tuple(WIDTH),
    words: Mapping[str, Words] | None = None,
) -> None:
    """Declare an object and its verbs, `objects` being what a sentence calls it (“customers”).

    `counted(n)` gives “1 customer”, “2,310 customers” for records with an owner, which have a catalogue of
    this kind. `words` names verbs of its own, or a common one more exactly. `scopes=FOR_ALL` is for what
    belongs to nobody: a role has it or not.
    """
    known = {**VERBS, **(words or {})}
    each = tuple(Permission(kind, verb, *known[verb], objects or label, scopes) for verb in verbs.split())
    _registered[kind] = Permissions(kind, label, each, counted)


def registered_permissions() -> list[Permissions]:
    """Every object that roles know: those with owners first, then what belongs to the house."""
    return sorted(_registered.values(), key=lambda found: found.permissions[0].scopes == FOR_ALL)


def permissions_on(kind: str) -> Permissions | None:
    """What can be allowed on one kind of object; none for one that no app of this version declares."""
    return _registered.get(kind)


def permission(kind: str, verb: str) -> Permission | None:
    """One permission; none for one that no app of this version declares."""
    found = permissions_on(kind)
    return next((each for each in found.permissions if each.verb == verb), None) if found else None
