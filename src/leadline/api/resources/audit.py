"""/audit: everything that anybody did and changed (PPL-7)."""

from django.http import HttpResponse
from ninja import Router

from leadline.api.describing.operations import LISTING, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import list_of
from leadline.core.requests import Request
from leadline.governance.fields import ENTRY
from leadline.governance.listing import AUDIT
from leadline.governance.policies import require_audit

router = Router(tags=["audit"])


@router.get(
    "",
    summary="List the audit",
    **says(gives=described_list(ref("AuditEntry")), query=[each for each in LISTING if each["name"] != "q"]),
)
def list_audit(request: Request) -> HttpResponse:
    """Changes of records and happenings as one list, the latest first; for auditors and administrators."""
    require_audit(request.user)
    return list_of(request, ENTRY, AUDIT.scope(request.user))
