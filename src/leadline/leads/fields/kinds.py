"""Kinds of fields that point at what an administrator sets: stages and reasons."""

from leadline.core.fields.field import Field
from leadline.core.fields.kinds.links import LinkKind


class StageKind(LinkKind):
    """A stage, found by its name or id."""

    key = "stage"

    def target(self, field: Field) -> str:
        """A stage."""
        return "stage"


class ReasonKind(LinkKind):
    """A reason for closing, found by its name or id."""

    key = "reason"

    def target(self, field: Field) -> str:
        """A reason."""
        return "reason"


STAGE, REASON = StageKind(), ReasonKind()
