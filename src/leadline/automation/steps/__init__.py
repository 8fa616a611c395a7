"""What a rule can do, step by step; each calls the action that a person would (PLT-6)."""

from leadline.automation.steps import (  # noqa: F401, registers them
    compliance,
    credits,
    customers,
    handing_on,
    leads,
    people,
    telling,
    webhooks,
)
from leadline.automation.steps.case import Case, Outcome
from leadline.automation.steps.registry import Setting, Step, offered_steps, step_named, steps

__all__ = ["Case", "Outcome", "Setting", "Step", "offered_steps", "step_named", "steps"]
