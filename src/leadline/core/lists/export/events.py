"""What those above may want to know of exports."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class ListExported(Event):
    """Records were taken out as a file; `asked` are the fields and questions of its condition (CUS-8)."""

    wording = _("took %(rows)s rows out as a file")

    kind: str
    rows: int
    form: str
    columns: tuple[str, ...]
    asked: tuple[str, ...] = ()
    job_id: int | None = None
