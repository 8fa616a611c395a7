"""Making the demo company: which way for which size, and never among real customers."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from leadline.config.demo.checking import check_depositors
from leadline.config.demo.large import write_customers
from leadline.config.demo.leads import act_leads, write_leads
from leadline.config.demo.managing import set_up_management
from leadline.config.demo.platform import play_platform
from leadline.config.demo.platform_large import is_written, write_platform
from leadline.config.demo.small import act_customers
from leadline.config.demo.staff import DOMAIN, PASSWORD, hire
from leadline.config.demo.writing_in import let_people_write_in
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.organisation import organisation
from leadline.core.partitions import ensure_partitions
from leadline.core.refusals import RuleBroken
from leadline.customers.models import Customer
from leadline.leads.models import Lead
from leadline.people.actions import change_organisation
from leadline.people.models import User

SIZES = {"small": 300, "medium": 20_000, "large": 1_000_000}
MOST_BY_ACTIONS = 2_000
MOST = 20_000_000
DEMO_ORGANISATION = {
    "name": "Garis Duga Supply",
    "country": "ID",
    "currency": "USD",
    "time_zone": "Asia/Jakarta",
    "language": "en",
}


@dataclass(frozen=True)
class Made:
    """What was made, and how to look at it."""

    customers: int
    contacts: int
    activities: int
    users: int
    sign_in: str = f"administrator@{DOMAIN}"
    password: str = PASSWORD


def customers_for(size: str) -> int:
    """How many customers a size means: small, medium, large, or a number."""
    if size in SIZES:
        return SIZES[size]
    if size.isascii() and size.isdecimal() and 1 <= int(size) <= MOST:
        return int(size)
    raise RuleBroken(
        _("A size is small, medium, large or a number up to 20,000,000."), field="size", value=size
    )


def make(size: str, *, seed: int = 1, among_others: bool = False, by: Actor) -> Made:
    """Make the demo company. Raises `RuleBroken` where there are customers or demo users already."""
    count = customers_for(size)
    if User.objects.filter(email=f"administrator@{DOMAIN}").exists():
        raise RuleBroken(_("The demo company is here already."))
    if Customer.objects.exists() and not among_others:
        raise RuleBroken(_("There are customers already; demo data would mix with them."))
    # What happened in the last years gets its months before it is written.
    ensure_partitions(back_to=_years_ago())
    if organisation().set_up_at is None:
        change_organisation(**DEMO_ORGANISATION, by=by)
    staff = hire(by)
    if count <= MOST_BY_ACTIONS:
        contacts, activities = act_customers(count, seed=seed, staff=staff, by=by)
        act_leads(max(count // 2, 10), seed=seed, staff=staff, by=by)
    else:
        contacts, activities = write_customers(count, seed=seed, staff=staff, by=by)
        write_leads(seed=seed, administrator=staff.administrator, by=by)
        write_platform(seed=seed, by=by)
    play_platform(count, seed=seed, by=by)
    if count <= MOST_BY_ACTIONS:  # the others are there to be measured
        check_depositors(by=by)
        let_people_write_in(seed=seed, staff=staff, by=by)
        set_up_management(staff=staff, by=by)
    return Made(count, contacts, activities, User.objects.active().count())


def prepare(*, by: Actor) -> None:
    """Leads, and what they did on the platform, for demo customers that are here without (to measure)."""
    administrator = User.objects.filter(roles__key="administrator").order_by("pk").first()
    if is_written() or administrator is None:
        return
    ensure_partitions(back_to=_years_ago())
    if not Lead.objects.exists():
        write_leads(seed=1, administrator=administrator, by=by)
    write_platform(seed=1, by=by)


def _years_ago() -> date:
    return (now() - timedelta(days=760)).date()
