"""Which customers a lead may be already: told before it is converted (LEA-9, CUS-22)."""

from leadline.customers.queries.duplicates import SHOWN, Likeness, likely_contacts, likely_duplicates
from leadline.leads.models import Lead
from leadline.people.models import User


def customers_alike(user: User, lead: Lead) -> list[Likeness]:
    """Customers that the lead may be, or be a contact of, each once, the surest first.

    One out of this person's sight is told without its name.
    """
    phone = "" if lead.unclear else lead.phone
    found = likely_duplicates(
        user, name=lead.company or lead.name, email=lead.email, phone=phone, country=lead.country
    )
    found += likely_contacts(user, name=lead.name, email=lead.email, phone=phone)
    by_customer: dict[int, Likeness] = {}
    for each in sorted(found, key=lambda likeness: -likeness.score):
        if not each.customer.is_archived:
            by_customer.setdefault(each.customer.pk, each)
    return list(by_customer.values())[:SHOWN]
