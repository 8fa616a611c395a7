"""What is not kept for ever: words of what was left aside, and whoever was erased (PPL-8)."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.privacy import Erased, Person
from leadline.intake.files import place_of
from leadline.intake.models import Letter, LetterFile, LetterQuerySet

LEFT_FOR = timedelta(days=90)
WORDS = {"sender": "", "sender_name": "", "subject": "", "body": ""}
_NOT_THERE = ~Q(sender="") | ~Q(subject="") | ~Q(body="")


@action
def forget_old_letters(*, by: Actor) -> int:
    """Forget after 90 days who wrote what was left aside, and what it said; returns how many."""
    left = Letter.objects.filter(state__in=(Letter.State.LEFT, Letter.State.FAILED))
    old = left.filter(_NOT_THERE, at__lt=now() - LEFT_FOR)
    return int(old.update(**WORDS))


@action
def erase_letters(person: Person, *, by: Actor) -> Erased:
    """Empty the letters of a person and remove their files; that one came stays for the counts."""
    letters = list(letters_of(person).values_list("pk", flat=True))
    files = list(LetterFile.objects.filter(letter__in=letters))
    for file in files:
        transaction.on_commit(partial(place_of(file.path).unlink, missing_ok=True))
    LetterFile.objects.filter(letter__in=letters).delete()
    Letter.objects.filter(pk__in=letters).update(**WORDS)
    return Erased({"letters": len(letters), "files": len(files)})


def letters_of(person: Person) -> LetterQuerySet:
    """Those about records that are the person alone, and all that one of the person's addresses sent."""
    alone = Q(lead_id__in=person.ids("lead")) | Q(customer_id__in=person.ids("customer"))
    addresses = [word.lower() for word in person.certain_words if "@" in word]
    found: LetterQuerySet = Letter.objects.filter(alone | Q(sender__in=addresses))
    return found
