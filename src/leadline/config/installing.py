"""What a database needs before Leadline can run on it, of core and of the apps."""

from leadline.automation.actions import provide_rules
from leadline.compliance.actions import provide_items
from leadline.core.actions import Actor
from leadline.core.migrating import migrate
from leadline.customers.actions.knowing import ask_to_know_owners
from leadline.leads.actions import provide_stages_and_reasons
from leadline.marketing.actions import provide_templates
from leadline.people.actions import provide_roles
from leadline.people.models import User
from leadline.plans.actions import provide_capabilities


def install(verbosity: int = 0) -> None:
    """Migrate, then bring what a new installation comes with; safe to repeat (ALL-11)."""
    migrate(verbosity, provide=_provide)


def _provide() -> None:
    house = Actor(User.objects.house(), via="job")
    provide_roles(by=house)
    provide_templates(by=house)
    provide_stages_and_reasons(by=house)
    provide_rules(by=house)
    provide_items(by=house)
    provide_capabilities(by=house)
    ask_to_know_owners()
