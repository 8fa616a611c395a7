"""A procedure goes on when its lead became a customer (LEA-10)."""

from leadline.compliance.actions import carry_procedures
from leadline.core.actions import Actor
from leadline.core.events import on
from leadline.leads.events import LeadConverted


@on(LeadConverted)
def go_along(event: LeadConverted, *, by: Actor) -> None:
    """Written as part of the conversion, so that undoing that brings it back to the lead."""
    within = by.within(event.change_set_id) if event.change_set_id else by
    carry_procedures(event.ids_of("lead"), by=within)
