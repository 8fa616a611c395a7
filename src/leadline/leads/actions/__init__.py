"""What is done with leads: the only place that writes them."""

from leadline.leads.actions.adding import add_lead, add_leads
from leadline.leads.actions.archiving import archive_lead, archive_leads, restore_lead, restore_leads
from leadline.leads.actions.assigning import assign_lead, assign_leads, deal_leads, spread_leads
from leadline.leads.actions.changing import change_leads, edit_lead
from leadline.leads.actions.consenting import record_consent
from leadline.leads.actions.converting import convert_lead, convert_leads
from leadline.leads.actions.erasing import erase_leads
from leadline.leads.actions.inquiring import take_inquiry
from leadline.leads.actions.letters import send_letter_to, set_letters, welcome_leads
from leadline.leads.actions.logging import archive_activity, edit_activity, log_activity
from leadline.leads.actions.moving import move_lead
from leadline.leads.actions.refreshing import refresh_leads
from leadline.leads.actions.registering import register_leads
from leadline.leads.actions.scoring import keep_scores
from leadline.leads.actions.settings import (
    add_listed,
    bring_back_listed,
    change_stage,
    move_listed,
    provide_stages_and_reasons,
    rename_listed,
    retire_listed,
    set_calling_hours,
)
from leadline.leads.actions.shifting import change_stars, end_shift
from leadline.leads.actions.staging import (
    disqualify_lead,
    disqualify_leads,
    reopen_lead,
    reopen_leads,
    set_stage,
    set_stage_of,
)
from leadline.leads.actions.starring import star_lead, star_leads, unstar_lead, unstar_leads
from leadline.leads.actions.tagging import tag_lead, tag_leads
from leadline.leads.actions.topping import put_on_top
from leadline.leads.actions.working import work_lead

__all__ = [
    "add_lead",
    "add_leads",
    "add_listed",
    "archive_activity",
    "archive_lead",
    "archive_leads",
    "assign_lead",
    "assign_leads",
    "bring_back_listed",
    "change_leads",
    "change_stage",
    "change_stars",
    "convert_lead",
    "convert_leads",
    "deal_leads",
    "disqualify_lead",
    "disqualify_leads",
    "edit_activity",
    "edit_lead",
    "end_shift",
    "erase_leads",
    "keep_scores",
    "log_activity",
    "move_lead",
    "move_listed",
    "provide_stages_and_reasons",
    "put_on_top",
    "record_consent",
    "refresh_leads",
    "register_leads",
    "rename_listed",
    "reopen_lead",
    "reopen_leads",
    "restore_lead",
    "restore_leads",
    "retire_listed",
    "send_letter_to",
    "set_calling_hours",
    "set_letters",
    "set_stage",
    "set_stage_of",
    "spread_leads",
    "star_lead",
    "star_leads",
    "tag_lead",
    "tag_leads",
    "take_inquiry",
    "unstar_lead",
    "unstar_leads",
    "welcome_leads",
    "work_lead",
]
