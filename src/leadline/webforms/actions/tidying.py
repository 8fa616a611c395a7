"""What is not kept for ever: addresses of senders, spam, and whoever was erased (PPL-8)."""

from datetime import timedelta

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.privacy import Erased, Person
from leadline.webforms.models import Submission

ADDRESSES_FOR = timedelta(days=30)
SPAM_FOR = timedelta(days=90)


@action
def forget_old(*, by: Actor) -> int:
    """Forget senders' addresses after 30 days, and what was discarded after 90; returns how many of these."""
    moment = now()
    Submission.objects.filter(at__lt=moment - ADDRESSES_FOR).exclude(network="").update(network="")
    spam = Submission.objects.filter(
        state=Submission.State.DISCARDED, decided_at__lt=moment - SPAM_FOR
    ).exclude(answers={})
    return int(spam.update(answers={}, consents=[]))


@action
def erase_submissions(person: Person, *, by: Actor) -> Erased:
    """Empty what the person's leads sent; that and when something came stays for the counts."""
    rows = Submission.objects.filter(lead_id__in=person.ids("lead"))
    return Erased({"submissions": rows.update(answers={}, consents=[], network="")})
