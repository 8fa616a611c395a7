"""The shapes of rules, their runs, and what trying one gives."""

from leadline.api.describing.shapes import Schema

MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
RULE: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "name": {"type": "string"},
        "on": {"type": "boolean"},
        "position": {"type": "integer", "description": "In which order rules are asked."},
        "start": {"type": "object", "description": "What starts it: an event, a change or a time."},
        "record": {
            "enum": ["", "lead", "customer"],
            "description": "What it acts on; empty: the customer, else the lead.",
        },
        "happened": {"type": "object", "description": "A condition over what happened."},
        "where": {"type": "object", "description": "A condition over the record."},
        "steps": {"type": "array", "items": {"type": "object"}},
        "once_per": {"enum": ["", "hour", "day", "week", "month", "ever"]},
        "sentence": {"type": "string", "description": "The whole rule in words."},
        "trouble": {"type": "string", "description": "What is wrong with it; empty if nothing is."},
        "archived_at": MOMENT,
        "created_at": MOMENT,
        "updated_at": MOMENT,
    },
    "required": ["id"],
}
RUN: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": ["integer", "null"]},
        "rule": {"type": ["object", "null"]},
        "at": {"type": "string", "format": "date-time"},
        "cause": {"type": "string", "description": "What started it: event:9913, history:551, time:…"},
        "thing": {"type": "object", "description": "What it was about: a payment, an event, a lead."},
        "record": {"type": ["object", "null"], "description": "The lead or customer, if you see it."},
        "state": {"enum": ["done", "partly", "failed", "retry", "not_fit", "skipped", "stopped"]},
        "because": {"type": "string", "description": "Why it was not done, or not all of it."},
        "facts": {"type": "array", "items": {"type": "object"}, "description": "What the conditions asked."},
        "did": {"type": "array", "items": {"type": "object"}, "description": "The steps."},
    },
}
TRIED: Schema = {
    "type": "object",
    "properties": {
        "looked": {"type": "integer"},
        "fitted": {"type": "integer"},
        "records": {"type": "integer"},
        "limited": {
            "type": "integer",
            "description": "Of those that fit: kept from running by a limit for each record.",
        },
        "whole": {"type": "boolean", "description": "Whether all of that time was looked at."},
        "runs": {"type": "array", "items": RUN},
    },
}
