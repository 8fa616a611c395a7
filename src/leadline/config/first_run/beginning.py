"""Whether a new installation still waits for its first data."""

from leadline.core.jobs import Job
from leadline.customers.models import Customer
from leadline.people import policies
from leadline.people.models import User

DEMO = "config.demo"


def may_begin_with_data(user: User) -> bool:
    """Administrators, while there is no customer and no demo data on its way."""
    if not policies.may_manage_settings(user) or Customer.objects.exists():
        return False
    return not Job.objects.filter(kind=DEMO).unfinished().exists()
