"""What is kept of signing in."""

from leadline.people.signing.models.attempt import Attempt
from leadline.people.signing.models.factors import CodeApp, Passkey, RecoveryCode
from leadline.people.signing.models.invitation import Invitation
from leadline.people.signing.models.provider import Identity, Provider
from leadline.people.signing.models.rules import SigningRules, forget_rules, signing_rules
from leadline.people.signing.models.session import Session

__all__ = [
    "Attempt",
    "CodeApp",
    "Identity",
    "Invitation",
    "Passkey",
    "Provider",
    "RecoveryCode",
    "Session",
    "SigningRules",
    "forget_rules",
    "signing_rules",
]
