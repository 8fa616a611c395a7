"""The fields of stays in stages and of callbacks: what figures and conditions on leads ask of them."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.field import Text
from leadline.core.fields.kinds import CHOICE, LINK, MOMENT, NUMBER, TEAM, TEXT, USER
from leadline.core.fields.usual import record_id, told
from leadline.leads.fields.kinds import STAGE

# What these name of the lead needs no join: it stands beside them, as whose they are or as what is asked for.
L, S, B = "leads_lead", "leads_stay", "leads_callback"
WENT = (
    ("forward", _("Forward")),
    ("back", _("Back")),
    ("won", _("Won")),
    ("lost", _("Lost")),
)
# Where a stay led, by the kinds and places that the stages have now.
_WENT = f"""(SELECT CASE WHEN after.kind <> 'open' THEN after.kind
 WHEN after.position > before.position THEN 'forward' ELSE 'back' END
 FROM leads_stage before, leads_stage after
 WHERE before.id = {S}.stage_id AND after.id = {S}.next_stage_id)"""


def _person(name: str, label: Text, sql: str) -> tuple[Field, Field]:
    """Somebody, and the team that this person is in now."""
    user = told(name, label, USER, sql, shown="person.name", exported="person.email", shown_needs="person")
    team = told(
        "team", _("Team"), TEAM, "person.team_id", needs="person", shown="team.name", shown_needs="team"
    )
    return user, team


def _stage(name: str, label: Text, sql: str, join: str) -> Field:
    return told(
        name, label, STAGE, sql, shown=f"{join}.name", shown_needs=join, translated=True, groupable=True
    )


_TEAM = "LEFT JOIN people_team team ON team.id = person.team_id"
_OWNER = f"(CASE WHEN {S}.left_at IS NULL THEN {L}.owner_id ELSE {S}.owner_id END)"

STAY = register(
    Catalogue(
        kind="stay",
        label=_("Stay in a stage"),
        plural=_("Stays in stages"),
        model="leads.Stay",
        table=S,
        scope_table=L,
        scope_needs="lead",
        joins={
            "lead": f"LEFT JOIN {L} ON {L}.id = {S}.lead_id",
            "stage": f"JOIN leads_stage stage ON stage.id = {S}.stage_id",
            "next_stage": f"LEFT JOIN leads_stage next_stage ON next_stage.id = {S}.next_stage_id",
            "person": f"LEFT JOIN people_user person ON person.id = {_OWNER}",
            "team": _TEAM,
        },
        default_sort="-id",
        fields=(
            record_id(S, sort=Sort(sql=f"{S}.id", holds="number")),
            told("lead", _("Lead"), LINK, f"{S}.lead_id", links_to="lead"),
            _stage("stage", _("Stage"), f"{S}.stage_id", "stage"),
            _stage("next_stage", _("Next stage"), f"{S}.next_stage_id", "next_stage"),
            told("stage_key", _("Stage (key)"), TEXT, "stage.key", needs="stage", lower=True),
            told("entered_at", _("Entered"), MOMENT, f"{S}.entered_at"),
            told("left_at", _("Left"), MOMENT, f"{S}.left_at"),
            told(
                "minutes",
                _("Time in the stage (minutes)"),
                NUMBER,
                f"(extract(epoch FROM coalesce({S}.left_at, now()) - {S}.entered_at)::float8 / 60)",
            ),
            told(
                "since_registered",
                _("Time from registration until entering (minutes)"),
                NUMBER,
                f"(extract(epoch FROM {S}.entered_at - {L}.registered_at)::float8 / 60)",
            ),
            told("went", _("Went"), CHOICE, _WENT, choices=WENT, groupable=True),
            *_person("owner", _("Owner"), _OWNER),
            told("source", _("Source"), TEXT, f"{L}.source", groupable=True),
        ),
    )
)
CALLBACK = register(
    Catalogue(
        kind="callback",
        label=_("Callback"),
        plural=_("Callbacks"),
        model="leads.Callback",
        table=B,
        scope_table=L,
        scope_needs="lead",
        joins={
            "lead": f"LEFT JOIN {L} ON {L}.id = {B}.lead_id",
            "person": f"LEFT JOIN people_user person ON person.id = {B}.user_id",
            "team": _TEAM,
        },
        default_sort="-id",
        fields=(
            record_id(B, sort=Sort(sql=f"{B}.id", holds="number")),
            told("lead", _("Lead"), LINK, f"{B}.lead_id", links_to="lead"),
            told("set_at", _("Set"), MOMENT, f"{B}.set_at"),
            told("due_at", _("Due"), MOMENT, f"{B}.due_at"),
            told("kept_at", _("Kept"), MOMENT, f"{B}.kept_at"),
            *_person("user", _("Set by"), f"{B}.user_id"),
        ),
    )
)
