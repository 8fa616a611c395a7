"""Version 1 of the API: its operations, and how each kind of refusal is answered."""

import logging
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from leadline.api.answering import is_conditional
from leadline.api.authentication import BearerToken
from leadline.api.describing.document import SelfDescribed
from leadline.api.idempotency import once
from leadline.api.problems import Problem, not_found, problem, refused
from leadline.api.resources import (
    absences,
    activities,
    assigning,
    attachments,
    audit,
    automation,
    backups,
    bulk,
    capabilities,
    compliance,
    contacts,
    customer_verbs,
    customers,
    dashboards,
    data_quality,
    duplicates,
    event_log,
    events,
    exports,
    external_ids,
    fields,
    handovers,
    happenings,
    imports,
    jobs,
    lead_assignment,
    lead_contacting,
    lead_letters,
    lead_settings,
    lead_verbs,
    leads,
    mail,
    mail_in,
    mappings,
    merging,
    metrics,
    notes,
    open_forms,
    payments,
    people,
    platform,
    platform_archives,
    privacy,
    promises,
    rejected,
    retention,
    roles,
    saved_views,
    scoring,
    segments,
    sensitive,
    signing,
    skills,
    targets,
    tasks,
    teams,
    territories,
    usage,
    web_forms,
    webhooks,
    why,
)
from leadline.api.scoping import name_part
from leadline.core.refusals import Refusal
from leadline.core.tracing import current_number
from leadline.people.explaining.addresses import why_address

log = logging.getLogger(__name__)

api = SelfDescribed(
    title="Leadline",
    version="1",
    description="All that people do on the pages, by the same rules. Start with docs/api.md.",
    auth=BearerToken(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)
api.add_decorator(once)
for prefix, router in (
    ("/events", events.router),  # first: hundreds a second, and each address before costs them
    ("/customers", customers.router),
    ("/customers", bulk.router),
    ("/customers", customer_verbs.router),
    ("/customers", merging.of_customer),
    ("/contacts", merging.of_contact),
    ("/customers", contacts.of_customer),
    ("/customers", notes.of_customer),
    ("/customers", activities.of_customer),
    ("/customers", promises.of_customer),
    ("/customers", happenings.router),
    ("/contacts", contacts.router),
    ("/customers", mail.of_customer),
    ("/contacts", mail.of_contact),
    ("/mail-templates", mail.templates),
    ("/sent-mail", mail.sent),
    ("/duplicates", duplicates.router),
    ("/leads", leads.router),
    ("/leads", lead_verbs.router),
    ("/leads", lead_contacting.router),
    ("/leads", lead_assignment.router),
    ("/assignment-rules", assigning.rules),
    ("/assignment", assigning.assignment),
    ("/leads", scoring.of_lead),
    ("/score-rules", scoring.rules),
    ("/scoring", scoring.router),
    ("/compliance", compliance.router),
    ("/compliance-checks", compliance.checks),
    ("/compliance-documents", compliance.documents),
    ("/compliance-items", compliance.items),
    ("/lead-stages", lead_settings.stages),
    ("/lead-reasons", lead_settings.reasons),
    ("/calling-hours", lead_settings.hours),
    ("/lead-letters", lead_letters.router),
    ("/customers", sensitive.of_customer),
    ("/customers", external_ids.of_customer),
    ("/contacts", sensitive.of_contact),
    ("/contacts", external_ids.of_contact),
    ("/dashboards", dashboards.router),
    ("/data-quality", data_quality.router),
    ("/metrics", metrics.router),
    ("/notes", notes.router),
    ("/notes", attachments.of_note),
    ("/attachments", attachments.router),
    ("/activities", activities.router),
    ("/promises", promises.router),
    ("/tasks", tasks.router),
    ("/handovers", handovers.router),
    ("/handover-sheets", handovers.sheets),
    ("/imports/mappings", mappings.router),
    ("/imports", imports.router),
    ("/imports", rejected.router),
    ("/exports", exports.router),
    ("/jobs", jobs.router),
    ("/backups", backups.router),
    ("/change-sets", jobs.change_sets),
    ("/audit", audit.router),
    ("/users", people.users),
    ("/users", absences.router),
    ("/skills", skills.router),
    ("/fields", fields.router),
    ("/teams", teams.router),
    ("/users", signing.of_user),
    ("/me", signing.me),
    ("/invitations", signing.invitations),
    ("/roles", roles.roles),
    ("/permissions", roles.permissions),
    ("/territories", territories.router),
    ("/saved-views", saved_views.router),
    ("/segments", segments.router),
    ("/automation-rules", automation.rules),
    ("/automation-runs", automation.runs),
    ("/privacy", privacy.router),
    ("/retention-rules", retention.router),
    ("/targets", targets.router),
    ("/payments", payments.payments),
    ("/credits", payments.credited),
    ("/platform-users", payments.users),
    ("/platform", platform.router),
    ("/customers", usage.of_customer),
    ("/usage", usage.router),
    ("/capabilities", capabilities.router),
    ("/platform/archives", platform_archives.router),
    ("/event-log", event_log.router),
    ("/intake-addresses", mail_in.addresses),
    ("/mail", mail_in.letters),
    ("/web-forms", web_forms.router),
    ("/web-forms", open_forms.router),
    ("/web-form-submissions", web_forms.submissions),
    ("/webhooks", webhooks.router),
    ("/why", why.router),
):
    api.add_router(prefix, router)
    name_part(prefix)


@api.exception_handler(Refusal)
def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A rule, a permission or somebody else's edit says no."""
    return refused(refusal, conditional=is_conditional(request), why=why_address(request))


@api.exception_handler(Problem)
def tell(request: HttpRequest, refusal: Problem) -> HttpResponse:
    """The door itself says no."""
    return refusal.response()


@api.exception_handler(Http404)
def not_there(request: HttpRequest, missing: Http404) -> HttpResponse:
    """Not there, or out of scope: the same words (ALL-3)."""
    return not_found(why_address(request, missing=True))


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, refusal: RequestDataTooBig) -> HttpResponse:
    """More than is read at once."""
    return problem(413, _("This is more than the server takes at once."))


def unreadable(request: HttpRequest, refusal: Any) -> HttpResponse:
    """A request that is not what it says."""
    return problem(400, _("This request can't be understood."))


for kind in (SuspiciousOperation, BadRequest, MultiPartParserError):
    api.add_exception_handler(kind, unreadable)


@api.exception_handler(Exception)
def fault(request: HttpRequest, failure: Exception) -> HttpResponse:
    """A fault of ours: told without a trace, under a number that stands in the log."""
    number = current_number()
    log.error("an operation failed", exc_info=failure, extra={"number": number, "path": request.path})
    message = _(
        "Something unexpected went wrong. Nothing was changed. Tell your administrator the number %(number)s."
    )
    return problem(500, message % {"number": number})
