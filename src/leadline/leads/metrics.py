"""What is counted of leads: new ones, first contacts, conversion, stays, callbacks (LEA-11, LEA-13)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.lists.scope import Sql
from leadline.core.metrics import Measure, Metric, Through, register_metric
from leadline.leads.policies import may_see_leads
from leadline.people.models import User
from leadline.people.scope import Reach, reach

OPEN = {"field": "stage_kind", "op": "equals", "value": "open"}
WON = {"field": "stage_kind", "op": "equals", "value": "won"}


def leads_reached(user: User, kind: str = "lead", verb: str = "view") -> Reach:
    """The leads on which somebody may do the verb, also for what hangs on them."""
    return reach(user, "lead", verb)


@dataclass(frozen=True)
class OfLeads:
    """What hangs on leads, archived ones too: those of the leads within reach."""

    within: Reach

    @property
    def everything(self) -> bool:
        """Whether all are within reach."""
        return self.within.everything

    @property
    def nothing(self) -> bool:
        """Whether not one is."""
        return self.within.nothing

    def sql(self, table: str) -> Sql:
        """The condition on the leads: by their ids, looked up once beside them.

        The indexes of the leads themselves by owner and team leave the archived out.
        """
        if self.everything or self.nothing:
            return self.within.sql(table)
        inner, params = self.within.sql("seen")
        return f"{table}.id = ANY(ARRAY(SELECT seen.lead_id FROM leads_pulse seen WHERE {inner}))", params

    def branches(self, table: str) -> list[Sql]:
        """The same: there is one branch."""
        return [] if self.nothing else [self.sql(table)]


def hanging_on_leads(user: User, kind: str = "lead", verb: str = "view") -> OfLeads:
    """Stays and callbacks of the leads on which somebody may do the verb."""
    return OfLeads(leads_reached(user, kind, verb))


_SEEN: dict[str, Any] = {"reach": leads_reached, "seen_by": may_see_leads}
_HANGING: dict[str, Any] = {**_SEEN, "reach": hanging_on_leads}
_OF_LEADS: dict[str, Any] = {
    "kind": "lead",
    "at": "registered_at",
    "person": "owner",
    "groups": ("source", "campaign", "stage", "country", "desk"),
    **_SEEN,
}
_OF_STAYS: dict[str, Any] = {
    "kind": "stay",
    "at": "left_at",
    "person": "owner",
    "archived": "all",
    "groups": ("stage", "next_stage", "went", "source"),
    "through": Through("lead", "stays"),
    **_HANGING,
}
_OF_CALLBACKS: dict[str, Any] = {
    "kind": "callback",
    "person": "user",
    "archived": "all",
    "through": Through("lead", "callbacks"),
    "measure": Measure("distinct", "lead"),
    **_HANGING,
}
_QUALIFIED: dict[str, Any] = {
    **_OF_STAYS,
    "at": "entered_at",
    "groups": ("source",),
    "where": {"field": "stage_key", "op": "equals", "value": "qualified"},
    "unit": "duration",
    "better": "less",
}

METRICS = tuple(
    map(
        register_metric,
        (
            Metric(
                name="new_leads",
                label=_("New leads"),
                definition=_(
                    "Leads by the day of their registration and their present owner; archived ones are"
                    " left out."
                ),
                **_OF_LEADS,
            ),
            Metric(
                name="conversion",
                label=_("Conversion"),
                definition=_(
                    "Of the leads that registered in the period, the share that is won by now. The"
                    " records are all that registered."
                ),
                measure=Measure("share", of=WON),
                unit="ratio",
                **_OF_LEADS,
            ),
            Metric(
                name="leads_converted",
                label=_("Leads converted"),
                definition=_("Leads by the day on which they were won, and their present owner."),
                where=WON,
                **{**_OF_LEADS, "at": "stage_since"},
            ),
            Metric(
                name="lead_age",
                label=_("Age of open leads"),
                definition=_(
                    "How long leads that registered in the period and are still open have been leads:"
                    " the median."
                ),
                where=OPEN,
                measure=Measure("median", "age"),
                unit="duration",
                better="less",
                **_OF_LEADS,
            ),
            Metric(
                name="speed_to_first_contact",
                label=_("Speed to first contact"),
                definition=_(
                    "Of leads that registered in the period and were contacted: the time from"
                    " registration to the first call, e-mail, meeting or chat, the median."
                ),
                where={"field": "first_contact_at", "op": "is_not_empty"},
                measure=Measure("median", "contacted_within"),
                unit="duration",
                better="less",
                **_OF_LEADS,
            ),
            Metric(
                name="attempts_to_connect",
                label=_("Attempts to connect"),
                definition=_(
                    "Of leads that registered in the period and were reached by phone: how many calls it"
                    " took, that one included, on average."
                ),
                where={"field": "reached_after", "op": "is_not_empty"},
                measure=Measure("mean", "reached_after"),
                better="less",
                **_OF_LEADS,
            ),
            Metric(
                name="time_in_stage",
                label=_("Time in a stage"),
                definition=_(
                    "How long leads stayed in stages that they left in the period, for whoever owned"
                    " them then: the median."
                ),
                measure=Measure("median", "minutes"),
                unit="duration",
                better="less",
                **_OF_STAYS,
            ),
            Metric(
                name="time_in_stage_90",
                label=_("Time in a stage, 9 of 10"),
                definition=_(
                    "Nine in ten stays in stages that leads left in the period took no longer than this."
                ),
                measure=Measure("ninth", "minutes"),
                unit="duration",
                better="less",
                **_OF_STAYS,
            ),
            Metric(
                name="stages_left",
                label=_("Leads that left a stage"),
                definition=_("Different leads that left a stage in the period."),
                measure=Measure("distinct", "lead"),
                better="",
                **_OF_STAYS,
            ),
            Metric(
                name="stage_conversion",
                label=_("Conversion between stages"),
                definition=_(
                    "Of the stays in stages that leads left in the period, the share that led to a later"
                    " stage or was won; the others went back or were lost."
                ),
                measure=Measure("share", of={"field": "went", "op": "in", "value": ["forward", "won"]}),
                unit="ratio",
                **_OF_STAYS,
            ),
            Metric(
                name="time_to_qualify",
                label=_("Time to qualify"),
                definition=_(
                    "From the registration of leads until they were qualified in the period: the median."
                ),
                measure=Measure("median", "since_registered"),
                **_QUALIFIED,
            ),
            Metric(
                name="time_to_qualify_90",
                label=_("Time to qualify, 9 of 10"),
                definition=_("Nine in ten leads qualified in the period took no longer than this."),
                measure=Measure("ninth", "since_registered"),
                **_QUALIFIED,
            ),
            Metric(
                name="callbacks_set",
                label=_("Callbacks set"),
                definition=_(
                    "Leads for which a callback was agreed or proposed in the period, by who set it; one"
                    " counts once."
                ),
                at="set_at",
                **_OF_CALLBACKS,
            ),
            Metric(
                name="callbacks_due",
                label=_("Callbacks due"),
                definition=_("Leads with a callback that fell due in the period, by who set it."),
                at="due_at",
                better="",
                **_OF_CALLBACKS,
            ),
            Metric(
                name="callbacks_kept",
                label=_("Callbacks kept"),
                definition=_(
                    "Leads with a callback that fell due in the period and was kept: somebody called"
                    " from a quarter of an hour before until an hour after. By who set it."
                ),
                at="due_at",
                where={"field": "kept_at", "op": "is_not_empty"},
                **_OF_CALLBACKS,
            ),
        ),
    )
)
