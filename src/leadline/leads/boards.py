"""The board of leads: their stages as columns, closed ones folded (LEA-4, WSP-3)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core import clock
from leadline.core.boards import Board, Column, Step
from leadline.core.boards.board import Face, register_board
from leadline.core.boards.faces import age_of, marks, name_of, owner_of
from leadline.core.boards.laying import CARRIED
from leadline.core.fields import Viewer
from leadline.core.formats import soon, time_there
from leadline.core.lists.cells import escape
from leadline.core.lists.door import address_of
from leadline.core.requests import Request
from leadline.leads import actions, policies
from leadline.leads.listing import LEADS
from leadline.leads.models import Band, Stage
from leadline.leads.queries.settings import stages_in_use
from leadline.leads.views.fetching import lead_of

# The dialog in which a move into a stage of this kind is asked what it has to know.
ASKS: dict[str, str] = {Stage.Kind.WON: "leads:convert", Stage.Kind.LOST: "leads:disqualify"}
TONES = {Band.HOT: "good", Band.WARM: "info", Band.COOL: "neutral"}
SHOWN = (
    "name",
    "company",
    "stage_since",
    "starred",
    "callback_at",
    "callback_due",
    "bad_number",
    "score",
    "score_band",
    "zone",
    "owner",
    "online",
)


def columns() -> Sequence[Column]:
    """The stages in use; closing asks why, or what the lead becomes."""
    return [
        Column(
            stage.pk,
            stage.label,
            is_open=stage.is_open,
            limit=stage.most,
            asks=ASKS.get(stage.kind, ""),
        )
        for stage in stages_in_use()
    ]


def face(viewer: Viewer) -> Face:
    """A card: who, from where, how long in its stage, what is agreed, what time it is there, whose."""
    link, now = address_of("leads:page", 0).replace("/0/", "/%d/"), clock.now()
    words = {
        "star": escape(_("Starred")),
        "wrong": escape(_("Wrong number")),
        "due": escape(_("Callback due")),
    }
    there = _clocks(now)
    online = f'<span class="live-dot" role="img" aria-label="{escape(_("Online now"))}"></span>'

    def inside(key: int, values: dict[str, Any]) -> str:
        company = values["company"]
        return (
            name_of(link % key, values["name"], online if values.get("online") else "")
            + (f'<span class="under clip">{escape(company)}</span>' if company else "")
            + marks(_marks(values, words))
            + '<span class="foot">'
            + age_of(values["stage_since"], now, viewer.language)
            + there(values["zone"])
            + owner_of(values["owner"])
            + "</span>"
        )

    return inside


def _marks(values: dict[str, Any], words: dict[str, str]) -> list[tuple[str, str]]:
    """What stands out: tone and words."""
    found = [("rare", words["star"])] if values["starred"] else []
    if values["score"] is not None:
        found.append(
            (TONES[Band(values["score_band"])], escape(_("Score %(score)s") % {"score": values["score"]}))
        )
    if values["callback_due"]:
        found.append(("warn", words["due"]))
    elif values["callback_at"]:
        told = _("Callback %(when)s") % {"when": soon(values["callback_at"])}
        found.append(("info", escape(told)))
    return [*found, ("bad", words["wrong"])] if values["bad_number"] else found


def _clocks(now: datetime) -> Any:
    """What the clock says in a zone; asked once for each."""
    known: dict[str, str] = {"": ""}

    def there(zone: str) -> str:
        if zone not in known:
            local = now.astimezone(clock.zone_of(zone))
            told = _("%(time)s there") % {"time": time_there(local)}
            known[zone] = f'<span class="there" title="{escape(zone)}">{escape(told)}</span>'
        return known[zone]

    return there


def move(request: Request, key: int, step: Step) -> None:
    """Bring a lead that the person sees into another stage, another lane."""
    stages = Stage.objects.in_bulk([step.to.key, step.seen.key])
    to, seen = stages[step.to.key], stages[step.seen.key]
    actions.move_lead(lead_of(request, key), to=to, seen=seen, into=step.into, by=request.actor)


LEAD_BOARD = register_board(
    Board(
        door=replace(LEADS, space="lead_board", carries=CARRIED),
        listed="leads",
        title=gettext_lazy("Board of leads"),
        by="stage",
        columns=columns,
        order="leads_lead.stage_since",
        beside=SHOWN,
        face=face,
        move=move,
        edit="leads:edit",
        may_move=lambda user: user.may("lead", "edit"),
        template="leads/board.html",
        empty="leads/_board_empty.html",
        lanes=("owner", "team", "desk", "country", "source", "campaign", "score_band", "starred"),
        in_order=("score_band",),
        held={
            "score_band": gettext_lazy("The band follows the score, which rules or a model give."),
            "team": gettext_lazy("The team is the owner's: give the lead to somebody there."),
            "starred": gettext_lazy("A star is given on the lead's page, where it is asked until when."),
        },
        others={"owner": "leads:assign"},
        around=lambda request: {"may_add": policies.may_create_leads(request.user)},
    )
)
