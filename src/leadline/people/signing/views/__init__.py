"""The pages of signing in."""

from leadline.people.signing.views.confirming import confirm
from leadline.people.signing.views.entrance import sign_in, sign_out
from leadline.people.signing.views.rules import signing_rules
from leadline.people.signing.views.security import (
    change_own_password,
    end_session,
    security,
    sign_out_elsewhere,
    sign_out_everywhere,
)

__all__ = [
    "change_own_password",
    "confirm",
    "end_session",
    "security",
    "sign_in",
    "sign_out",
    "sign_out_elsewhere",
    "sign_out_everywhere",
    "signing_rules",
]
