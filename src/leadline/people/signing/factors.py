"""Which second factors somebody has (PPL-6)."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from leadline.people.models import User
from leadline.people.signing.models import CodeApp


@dataclass(frozen=True)
class Factors:
    """What a person can show beside the password."""

    code_app: bool
    passkeys: int
    recovery_codes: int
    required: bool

    @property
    def any(self) -> bool:
        """Whether a second step is asked in signing in."""
        return self.code_app or self.passkeys > 0

    @property
    def is_last(self) -> bool:
        """Whether removing one more would leave none."""
        return self.code_app + self.passkeys == 1


def factors_of(user: User) -> Factors:
    """What this person has set up, and whether a role asks for it; one query."""
    role = Q(roles__second_factor_required=True, roles__retired_at=None)
    row = (
        User.objects.filter(pk=user.pk)
        .annotate(
            has_app=Exists(CodeApp.objects.filter(user=OuterRef("pk"), confirmed_at__isnull=False)),
            keys=Count("passkeys", distinct=True),
            left=Count("recovery_codes", filter=Q(recovery_codes__used_at=None), distinct=True),
            asked=Count("roles", filter=role, distinct=True),
        )
        .values_list("has_app", "keys", "left", "asked")
        .get()
    )
    return Factors(row[0], row[1], row[2], bool(row[3]))


def without_factor(people: QuerySet[User]) -> int:
    """How many of these could not show a second factor; one query."""
    app = CodeApp.objects.filter(user=OuterRef("pk"), confirmed_at__isnull=False)
    return people.filter(~Exists(app), passkeys=None).count()
