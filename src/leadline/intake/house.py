"""By what the house knows its own letters again, so that no two machines write to each other for ever."""

from email.utils import parseaddr

from leadline.core.mail.transport import house_mark, sender_of_the_house
from leadline.intake.models import IntakeAddress
from leadline.people.models import User


def is_of_the_house(sender: str) -> bool:
    """Whether the house sends from an address or takes it in, or it is a colleague's: nobody new writes."""
    sending = parseaddr(sender_of_the_house())[1].lower()
    taken_in = IntakeAddress.objects.filter(email=sender)
    return sender == sending or taken_in.exists() or User.objects.filter(email=sender).exists()


def name_of_the_house() -> str:
    """What stands in the header X-Leadline of each letter that is sent from here."""
    return house_mark()
