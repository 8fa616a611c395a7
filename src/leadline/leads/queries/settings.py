"""The stages and reasons that there are."""

from typing import Any

from leadline.core.kept import Kept
from leadline.core.planned import planned
from leadline.core.reading import read_records
from leadline.leads.models import Reason, Stage
from leadline.people.queries import name_of


def stages_to_choose() -> list[tuple[int, str]]:
    """The stages in use, in their order."""
    return [(stage.pk, stage.label) for stage in stages_in_use()]


# The same whole: each page of leads asks for them. Other processes know of a change some seconds later.
stages_in_use: Kept[list[Stage]] = Kept(
    lambda: read_records(Stage, "WHERE retired_at IS NULL ORDER BY position, id")
)


def stages_by_key() -> dict[str, int]:
    """The provided stages: key → id. Rules of the house know stages by these alone."""
    with planned() as cursor:
        cursor.execute("SELECT key, id FROM leads_stage WHERE key <> ''")
        return dict(cursor.fetchall())


def open_stages() -> list[tuple[int, str]]:
    """Those of them in which leads are worked on."""
    return [(stage.pk, stage.label) for stage in stages_in_use() if stage.is_open]


def reasons_to_choose() -> list[tuple[int, str]]:
    """The reasons in use, in their order."""
    return [(reason.pk, reason.label) for reason in Reason.objects.in_use()]


def called(kind: str, key: int) -> str:
    """The name of a stage, reason, user, team or territory, as a sentence says it."""
    models: dict[str, Any] = {"stage": Stage, "reason": Reason}
    if kind not in models:
        return name_of(kind, key)
    found = models[kind].objects.filter(pk=key).first()
    return found.label if found else f"#{key}"
