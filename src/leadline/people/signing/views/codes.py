"""The app that shows codes, and the recovery codes, in one's own pages (PPL-6)."""

import pyotp
import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from markupsafe import Markup

from leadline.core.answers import go_to
from leadline.core.organisation import organisation
from leadline.core.requests import Request
from leadline.people.signing import actions
from leadline.people.signing.factors import factors_of
from leadline.people.signing.forms import CodeForm
from leadline.people.signing.models import CodeApp


@require_POST
def begin_code_app(request: Request) -> HttpResponse:
    """Make a secret, and show it on the page that follows."""
    actions.begin_code_app(request.user, by=request.actor)
    return go_to(request, reverse("people:code_app"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code_app(request: Request) -> HttpResponse:
    """Show the QR code and take a first code; then the recovery codes, this once."""
    app = CodeApp.objects.filter(user=request.user, confirmed_at=None).first()
    if app is None:
        return redirect("people:security")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.run(actions.confirm_code_app, request.user, by=request.actor):
        return factor_was_added(request, "code_app")
    shown = {"form": form, "secret": _in_fours(app.secret), "qr": _qr(_address(request, app))}
    return render(request, "people/signing/code_app.html", shown, status=422 if form.errors else 200)


@require_POST
def remove_code_app(request: Request) -> HttpResponse:
    """The app is no longer asked for."""
    actions.remove_code_app(request.user, by=request.actor)
    return go_to(request, reverse("people:security"))


@never_cache
@require_POST
def make_recovery_codes(request: Request) -> HttpResponse:
    """New recovery codes, shown this once."""
    return _show_codes(request, _("New recovery codes"))


def factor_was_added(request: Request, way: str) -> HttpResponse:
    """This session showed a factor; who has no recovery codes gets them now."""
    session = request.open_session.id
    actions.confirm_person(session, user=request.user, way=way, with_factor=True, by=request.actor)
    if factors_of(request.user).recovery_codes:
        return go_to(request, reverse("people:security"))
    return _show_codes(request, _("Keep these recovery codes"))


def _show_codes(request: Request, title: str) -> HttpResponse:
    codes = actions.make_recovery_codes(request.user, by=request.actor)
    return render(request, "people/signing/recovery_codes.html", {"codes": codes, "title": title})


def _address(request: Request, app: CodeApp) -> str:
    issuer = organisation().name or "Leadline"
    return pyotp.TOTP(app.secret).provisioning_uri(name=request.user.email, issuer_name=issuer)


def _qr(address: str) -> Markup:
    """The QR code as SVG without style attributes, which our policy refuses."""
    return Markup(segno.make(address, error="m").svg_inline(omitsize=True, border=0))  # noqa: S704


def _in_fours(secret: str) -> str:
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
