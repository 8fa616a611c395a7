"""What is checked, which an administrator sets (LEA-10)."""

from django.db.models import Max
from django.utils.translation import gettext as _

from leadline.compliance.models import ITEMS, Item
from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.people.policies import ASK_AN_ADMINISTRATOR, may_manage_settings

LONGEST_NAME, LONGEST_HELP = 60, 300


@action
def add_item(
    *, name: str, help: str = "", needs_document: bool = True, months: int | None = None, by: Actor
) -> Item:
    """Add an item at the end; procedures that begin from now on check it too."""
    _require(by)
    last = Item.objects.aggregate(Max("position"))["position__max"] or 0
    return Item.objects.create(
        name=_named(name),
        help=help.strip()[:LONGEST_HELP],
        needs_document=needs_document,
        months=months,
        position=last + 1,
    )


@action
def change_item(
    item: Item, *, name: str, help: str, needs_document: bool, months: int | None, by: Actor
) -> Item:
    """Change an item; what was approved stays approved."""
    _require(by)
    item = lock(item)
    item.name, item.help = _named(name), help.strip()[:LONGEST_HELP]
    item.needs_document, item.months = needs_document, months
    item.save()
    return item


@action
def retire_item(item: Item, *, by: Actor) -> Item:
    """Check it no more; procedures that have it keep it, and need it no more."""
    _require(by)
    return _retired(item, retired=True)


@action
def bring_back_item(item: Item, *, by: Actor) -> Item:
    """Check it again, in procedures that begin from now on."""
    _require(by)
    return _retired(item, retired=False)


@action
def provide_items(*, by: Actor) -> None:
    """Bring what a new installation comes with (ALL-11); what is there stays as people made it."""
    have = set(Item.objects.exclude(key="").values_list("key", flat=True))
    Item.objects.bulk_create(
        [
            Item(key=key, name=name, help=help, needs_document=document, months=months, position=place)
            for place, (key, name, help, document, months) in enumerate(ITEMS, 1)
            if key not in have
        ]
    )


def _retired(item: Item, *, retired: bool) -> Item:
    item = lock(item)
    item.retired_at = (item.retired_at or now()) if retired else None
    item.save(update_fields=["retired_at"])
    return item


def _require(by: Actor) -> None:
    require(may_manage_settings(by.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise RuleBroken(_("Give a name of at most %(most)s signs.") % {"most": LONGEST_NAME}, field="name")
    return name
