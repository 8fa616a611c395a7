"""What is kept of signing in."""

from leadline.people.signing.models.attempt import Attempt
from leadline.people.signing.models.rules import SigningRules, forget_rules, signing_rules
from leadline.people.signing.models.session import Session

__all__ = ["Attempt", "Session", "SigningRules", "forget_rules", "signing_rules"]
