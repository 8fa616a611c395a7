"""How views fetch: through `visible_to`, so that what one may not see is a 404 (ALL-3)."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from leadline.compliance.models import Check, Document, Procedure
from leadline.compliance.verbs import PROCEDURE_VERBS, procedure_seen_by
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.core.requests import Request

PAGE = "compliance/dialog_page.html"


def procedure_of(request: Request, pk: int) -> Procedure:
    """A procedure that the person sees."""
    procedure = procedure_seen_by(request.user, pk)
    if procedure is None:
        raise Http404
    return procedure


def procedure_for(request: Request, pk: int, verb: str) -> Procedure:
    """One with which the person may do the verb now; refused before anything is typed."""
    procedure = procedure_of(request, pk)
    require_may(request, procedure, verb)
    return procedure


def check_for(request: Request, pk: int, verb: str) -> Check:
    """A check of such a one."""
    rows = Check.objects.visible_to(request.user)
    check = get_object_or_404(rows.select_related("item", "procedure__lead", "procedure__customer"), pk=pk)
    require_may(request, check.procedure, verb)
    return check


def document_of(request: Request, pk: int) -> Document:
    """A document that the person sees and nobody took off."""
    rows = Document.objects.visible_to(request.user).current()
    related = ("check_of__procedure__lead", "check_of__procedure__customer", "check_of__item")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def require_may(request: Request, procedure: Procedure, verb: str) -> None:
    """Refuse what the verb itself would refuse."""
    rule = PROCEDURE_VERBS[verb]
    if not rule.permits(request.user, procedure):
        raise NotAllowed()
    for hindrance in rule.hindered_by(procedure):
        raise RuleBroken(str(hindrance.words))
