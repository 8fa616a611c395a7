"""What somebody has typed so far, as far as it can be understood already."""

from collections.abc import Iterable
from typing import Any

from leadline.core.drafts import clean_draft
from leadline.core.fields import catalogue
from leadline.core.refusals import Refusal
from leadline.core.requests import Request
from leadline.customers.actions import cleaning_for


def typed_so_far(request: Request, kind: str, names: Iterable[str], country: str = "") -> dict[str, Any]:
    """Cleaned values of fields; one that is not finished, or can't be meant, is left out."""
    about, context = catalogue(kind), cleaning_for(request.actor, country)
    typed: dict[str, Any] = {}
    for name in names:
        try:
            typed |= clean_draft(about, {name: request.POST.get(name, "")}, context).values
        except Refusal:
            continue
        if name == "country":  # phones beside it are read by it
            context = cleaning_for(request.actor, typed.get(name) or country)
    return typed
