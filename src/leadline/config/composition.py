"""What stands where: the menu, the tabs of a customer, the pages and actions of the palette (design 3).

The apps below never hear of each other's pages; this roof puts them together by the names of their views.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from leadline.api.policies import may_manage_webhooks
from leadline.assignment.policies import may_see_rules
from leadline.automation import policies as automation
from leadline.compliance.policies import may_see_compliance
from leadline.core.custom.policies import may_manage_fields
from leadline.core.texts import Menu
from leadline.customers import policies as customers
from leadline.customers.verbs import CUSTOMER_VERBS
from leadline.governance.policies import may_look_after_privacy, may_see_audit
from leadline.handovers import policies as handovers
from leadline.imports.policies import may_import
from leadline.intake.policies import may_manage_mail, may_see_mail
from leadline.leads import policies as leads
from leadline.marketing import policies as marketing
from leadline.people import policies as people
from leadline.people.models import User
from leadline.performance.policies import sees_targets
from leadline.plans.policies import may_manage_capabilities
from leadline.platform.policies import may_manage_platform, sees_payments, sees_platform, sees_usage
from leadline.scoring.policies import may_manage_scoring
from leadline.segments.policies import may_create_segments
from leadline.tasks.policies import may_add_tasks, may_see_tasks
from leadline.timeline.scope import may_see_timelines
from leadline.webforms.policies import may_manage_forms, may_see_forms
from leadline.workspaces.policies import has_dashboards

May = Callable[[User], bool]


def everybody(user: User) -> bool:
    """For pages that each signed-in person has."""
    return True


def sees_customers(user: User) -> bool:
    """Whether any role shows customers."""
    return user.may("customer", "view")


@dataclass(frozen=True)
class Page:
    """A page in the menu: the name of its view, and who finds it there. `key` is typed to go there."""

    view: str
    label: Any
    icon: str
    key: str = ""
    may: May = everybody
    phone: bool = False


@dataclass(frozen=True)
class Deed:
    """Something to do that the palette offers."""

    view: str
    label: Any
    icon: str
    may: May = everybody


@dataclass(frozen=True)
class Tab:
    """A tab of a record's page; `view` takes the record's key."""

    key: str
    label: Any
    view: str
    icon: str = ""


MENU: list[tuple[Any, list[Page]]] = [
    (
        "",
        [
            Page("workspaces:home", _("Workspace"), "layout-dashboard", may=has_dashboards),
            Page("customers:list", _("Customers"), "building", "g c", sees_customers, phone=True),
            Page("leads:list", _("Leads"), "target", "g l", leads.may_see_leads, phone=True),
            Page("lead_board:list", _("Board of leads"), "layout-kanban", may=leads.may_see_leads),
            Page("compliance_board:list", _("Compliance"), "shield-check", may=may_see_compliance),
            Page("leads:queue", _("My queue"), "phone-outgoing", "g u", leads.may_work_leads),
            Page("workspaces:analysis", _("Analysis of leads"), "chart-bar", may=leads.may_see_leads),
            Page("workspaces:log", _("Log"), "activity", may=may_see_timelines),
            Page("performance:targets", _("Targets"), "flag", may=sees_targets),
        ],
    ),
    (
        _("The platform"),
        [
            Page("platform:online", _("Online now"), "activity", "g n", sees_platform),
            Page("payments:list", _("Payments"), "credit-card", "g b", sees_payments),
            Page("platform:features", _("Feature utilisation"), "chart-bar", may=sees_usage),
        ],
    ),
    (
        _("Work"),
        [
            Page("tasks:list", _("To Do"), "checkbox", "g k", may_see_tasks, phone=True),
            Page(
                "imports:list",
                _("Imports"),
                "database-import",
                "g i",
                may_import,
            ),
            Page("quality:overview", _("Data quality"), "chart-bar", "g q", sees_customers),
            Page("segments:list", _("Segments"), "target", "g e", lambda user: user.may("segment", "view")),
            Page("marketing:templates", _("E-mail templates"), "mail", "g z", marketing.may_see_templates),
            Page("webforms:list", _("Web forms"), "file", may=may_see_forms),
            Page("intake:list", _("Mail in"), "inbox", may=may_see_mail),
            Page("automation:list", _("Rules"), "bolt", may=automation.may_see_rules),
            Page("handovers:list", _("Hand-overs"), "users-group", "g h", sees_customers),
            Page("duplicates:list", _("Duplicates"), "copy", "g d", sees_customers),
            Page("work:changes", _("Mass changes"), "history", "g m", sees_customers),
            Page("work:jobs", _("Jobs"), "activity", "g j", phone=True),
        ],
    ),
    (
        _("Organisation"),
        [
            Page("people:users", _("People"), "users", "g p"),
            Page("people:teams", _("Teams"), "users-group", "g t"),
            Page("territories:list", _("Territories"), "map-pin", "g y"),
            Page("assignment:rules", _("Assignment"), "user-check", may=may_see_rules),
            Page("people:roles", _("Roles"), "shield-check", "g r"),
            Page("audit:list", _("Audit"), "history", "g a", may_see_audit),
            Page("webhooks:list", _("Webhooks"), "webhook", "g w", may_manage_webhooks),
            Page("platform:settings", _("The platform"), "plug", "g x", may_manage_platform),
            Page("plans:capabilities", _("Capabilities"), "list", may=may_manage_capabilities),
            Page("privacy:overview", _("Privacy"), "lock", "g v", may_look_after_privacy),
            Page("fields:list", _("Custom fields"), "adjustments-horizontal", "g f", may_manage_fields),
            Page("scoring:page", _("Scoring"), "trending-up", may=may_manage_scoring),
            Page("leads:settings", _("Stages of leads"), "flag", may=people.may_manage_settings),
            Page("compliance:settings", _("What is checked"), "shield-check", may=people.may_manage_settings),
            Page("people:settings", _("Settings"), "settings", "g s", people.may_manage_settings),
            Page("operation:page", _("Operation"), "heart-rate-monitor", "g o", people.may_manage_settings),
        ],
    ),
]

# Pages that have their place elsewhere than in the menu.
OTHER_PAGES = [
    Page("people:me", _("Your profile"), "user-circle"),
    Page("assignment:fairness", _("Fairness of assignment"), "chart-bar", may=may_see_rules),
    Page("people:security", _("Signing in"), "shield-check"),
    Page("timeline:notifications", _("Notifications"), "bell"),
    Page("activities:list", _("Activities"), "activity", may=may_see_timelines),
    Page("notes:list", _("Notes"), "notes", may=may_see_timelines),
    Page("workspaces:metrics", _("Figures"), "chart-bar"),
    Page("usage:list", _("Use of capabilities"), "list", may=sees_usage),
    Page("marketing:sent", _("Sent e-mails"), "mail", may=marketing.may_see_templates),
    Page("api:docs", _("What the API can do"), "list"),
]

DEEDS = [
    Deed("customers:add", _("Add customer"), "plus", customers.may_create_customers),
    Deed("leads:add", _("Add lead"), "plus", leads.may_create_leads),
    Deed("segments:add", _("Add segment"), "target", may_create_segments),
    Deed("automation:add", _("Add rule"), "bolt", automation.may_manage_rules),
    Deed("customers:log_anywhere", _("Log activity"), "activity", lambda user: user.may("customer", "log")),
    Deed("tasks:add", _("Add task"), "checkbox", may_add_tasks),
    Deed("imports:start", _("Import a file"), "upload", may_import),
    Deed("people:invitations", _("Invite a colleague"), "mail", people.may_manage_people),
    Deed("handovers:start", _("Hand over"), "users-group", handovers.may_hand_over),
    Deed("people:add_user", _("Add a colleague"), "user-plus", people.may_manage_people),
    Deed("intake:add", _("Add address for mail in"), "inbox", may_manage_mail),
    Deed("webforms:add", _("Add web form"), "plus", may_manage_forms),
    Deed("webhooks:add", _("Add webhook"), "webhook", may_manage_webhooks),
    Deed("people:add_team", _("Add team"), "users-group", people.may_manage_people),
]

CUSTOMER_TABS = [
    Tab("overview", _("Overview"), "customers:page", "layout-dashboard"),
    Tab("contacts", _("Contacts"), "customers:contacts", "address-book"),
    Tab("activities", _("Activities"), "customers:activities", "activity"),
    Tab("notes", _("Notes"), "customers:notes", "notes"),
    Tab("history", _("History"), "customers:history", "history"),
]

# Beside a customer's overview, in this order.
CUSTOMER_PANELS = [
    "platform:of_customer",
    "platform:usage_beside",
    "leads:of_customer",
    "compliance:of_customer",
    "duplicates:of_customer",
]


# Beside a lead, in this order.
LEAD_PANELS = ["scoring:of_lead", "compliance:of_lead"]

LEAD_TABS = [
    Tab("overview", _("Overview"), "leads:page", "layout-dashboard"),
    Tab("history", _("History"), "leads:history", "history"),
]


def menu(request: HttpRequest) -> Menu:
    """The navigation of a person: the pages that the roles open, the present one marked.

    Whoever has the same pages open gets the same menu, and so the same HTML, written once.
    """
    user, path = request.user, request.path
    if not user.is_authenticated:
        return _menu_of(frozenset(), frozenset())
    pages = [page for _label, pages in MENU for page in pages if page.may(user)]
    leading = [page.view for page in pages if _leads_to(path, address_of(page.view))]
    here = frozenset(sorted(leading, key=lambda view: len(address_of(view)))[-1:])  # the nearest one
    opened = frozenset([page.view for page in pages])
    return _menu_of(opened, here)


def customer_tabs(customer_id: int, active: str) -> list[dict[str, Any]]:
    """The tabs of a customer's page, the open one marked."""
    return _tabs(CUSTOMER_TABS, customer_id, active)


def lead_panels(lead_id: int) -> list[str]:
    """Addresses of what pages of higher floors add beside a lead; each loads by itself."""
    own = [reverse(view, args=[lead_id]) for view in LEAD_PANELS]
    about = [reverse(view, args=["lead", lead_id]) for view in ("tasks:about", "automation:of_record")]
    return [about[0], *own, about[1]]


def lead_tabs(lead_id: int, active: str) -> list[dict[str, Any]]:
    """The tabs of a lead's page, the open one marked."""
    return _tabs(LEAD_TABS, lead_id, active)


def customer_panels(customer_id: int) -> list[str]:
    """Addresses of what pages of higher floors add beside a customer's overview; each loads by itself."""
    own = [reverse(view, args=[customer_id]) for view in CUSTOMER_PANELS]
    rules = reverse("automation:of_record", args=["customer", customer_id])
    return [reverse("tasks:about", args=["customer", customer_id]), *own, rules]


def customer_facts(customer_id: int) -> list[str]:
    """Addresses of what other apps add to the head of a customer's page: what is next."""
    return [reverse("tasks:next_step", args=["customer", customer_id])]


def customer_deeds(user: User, customer: Any) -> list[dict[str, str]]:
    """What pages of higher floors do with a customer: label, address of the dialog, icon."""
    if not CUSTOMER_VERBS["log"].allows(user, customer) or not marketing.may_see_templates(user):
        return []
    address = reverse("marketing:write", args=[customer.pk])
    return [{"label": str(_("Write e-mail")), "url": address, "icon": "mail"}]


def person_deeds(user: User, person: User) -> list[dict[str, str]]:
    """What can be done for a colleague on pages of higher floors: label, address, icon."""
    if not handovers.may_hand_over(user) or person.is_system:
        return []
    here = f"{reverse('handovers:start')}?person={person.pk}"
    away = {"label": str(_("Is away")), "url": f"{here}&reason=absence", "icon": "calendar"}
    found = [{"label": str(_("Hand over")), "url": here, "icon": "users-group"}, away]
    if person.is_active and person.pk != user.pk and handovers.may_let_go(user):
        leaves = {"label": str(_("Leaves …")), "url": f"{here}&reason=leaver", "icon": "logout"}
        found.append(leaves)
    return found


def _tabs(tabs: list[Tab], key: int, active: str) -> list[dict[str, Any]]:
    return [
        {
            "key": tab.key,
            "label": tab.label,
            "url": reverse(tab.view, args=[key]),
            "icon": tab.icon,
            "active": tab.key == active,
        }
        for tab in tabs
    ]


@cache
def address_of(view: str) -> str:
    """The address of a page; empty when no app brings such a view."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


def _leads_to(path: str, address: str) -> bool:
    return f"{path}/".startswith(f"{address.rstrip('/')}/")


@lru_cache(maxsize=1024)
def _menu_of(opened: frozenset[str], here: frozenset[str]) -> Menu:
    sections = []
    for label, pages in MENU:
        items = [
            _item(page, active=page.view in here)
            for page in pages
            if page.view in opened and address_of(page.view)
        ]
        if items:
            sections.append({"label": label, "items": items})
    return Menu(sections)


def _item(page: Page, *, active: bool) -> dict[str, Any]:
    return {
        "label": page.label,
        "url": address_of(page.view),
        "icon": page.icon,
        "key": page.key,
        "active": active,
        "phone": page.phone,
        "count": "",
    }
