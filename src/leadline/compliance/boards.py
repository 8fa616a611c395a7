"""The board of compliance: what is wanted, what waits for its review, what was decided (LEA-10, WSP-3)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.compliance import actions
from leadline.compliance.listing import PROCEDURES
from leadline.compliance.models import Procedure
from leadline.compliance.views.fetching import procedure_of
from leadline.core import clock
from leadline.core.boards import Board, Column, Step
from leadline.core.boards.board import Face, register_board
from leadline.core.boards.faces import age_of, marks, name_of, owner_of
from leadline.core.boards.laying import CARRIED
from leadline.core.fields import Viewer
from leadline.core.formats import day, money
from leadline.core.lists.cells import escape
from leadline.core.lists.door import address_of
from leadline.core.requests import Request

State = Procedure.State
ASKS = {State.APPROVED: "compliance:approve", State.DECLINED: "compliance:decline"}


def columns() -> Sequence[Column]:
    """The states; deciding asks for its reason."""
    return [
        Column(
            state.value,
            str(state.label),
            is_open=state in (State.COLLECTING, State.REVIEW),
            asks=ASKS.get(state, ""),
        )
        for state in State
    ]


def face(viewer: Viewer) -> Face:
    """A card: who, what was deposited, how long it waits, until when it holds, whose."""
    link, now = address_of("compliance:page", 0).replace("/0/", "/%d/"), clock.now()

    def inside(key: int, values: dict[str, Any]) -> str:
        paid = money(values["amount"], values["currency"]) if values["amount"] is not None else ""
        until = values["expires_on"]
        told = [("warn", escape(_("until %(day)s") % {"day": day(until)}))] if until else []
        return (
            name_of(link % key, values["name"] or "")
            + (f'<span class="under">{escape(paid)}</span>' if paid else "")
            + marks(told)
            + f'<span class="foot">{age_of(values["state_since"], now, viewer.language)}'
            + f"{owner_of(values['owner'])}</span>"
        )

    return inside


def move(request: Request, key: int, step: Step) -> None:
    """Bring a procedure that the person sees into another state, another lane."""
    procedure, to, seen = procedure_of(request, key), str(step.to.key), str(step.seen.key)
    actions.move_procedure(procedure, to=to, seen=seen, into=step.into, by=request.actor)


COMPLIANCE_BOARD = register_board(
    Board(
        door=replace(PROCEDURES, space="compliance_board", carries=CARRIED),
        listed="compliance",
        title=gettext_lazy("Compliance"),
        by="state",
        holds="text",
        columns=columns,
        order="compliance_procedure.state_since",
        beside=("name", "state_since", "amount", "currency", "expires_on", "owner"),
        face=face,
        move=move,
        may_move=lambda user: user.may("procedure", "edit"),
        template="compliance/board.html",
        empty="compliance/_board_empty.html",
        lanes=("owner", "currency"),
        held={"currency": gettext_lazy("The currency is that of the first deposit.")},
    )
)
