"""What mails about signing in say, in the reader's language."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.core.mail import Letter
from leadline.core.organisation import organisation
from leadline.people.models import User


def address_with(view: str, secret: str) -> str:
    """The whole address of a page that a secret opens."""
    return urljoin(settings.LEADLINE_URL, reverse(view, args=[secret]))


def invitation(address: str, inviter: User) -> Letter:
    """You are invited."""
    names = {"inviter": inviter.name, "organisation": organisation().name}
    with translation.override(organisation().language):
        return Letter(
            subject=_("%(inviter)s invites you to Leadline at %(organisation)s") % names,
            paragraphs=(
                _("Hello,"),
                _("%(inviter)s invites you to work with Leadline at %(organisation)s.") % names,
                _("Choose your name and a password; that is all. The link opens for seven days."),
            ),
            button=_("Accept the invitation"),
            address=address,
            foot=_("If you do not know what this is about, you need not do anything."),
        )


def new_email(address: str, user: User) -> Letter:
    """To the new e-mail: here you say that it is yours."""
    with translation.override(user.language or organisation().language):
        return Letter(
            subject=_("Your new e-mail for Leadline"),
            paragraphs=(
                _("Hello %(name)s,") % {"name": user.name},
                _("you asked to sign in to Leadline at %(organisation)s by this e-mail.")
                % {"organisation": organisation().name},
                _("The link opens once, within an hour."),
            ),
            button=_("Use this e-mail"),
            address=address,
            foot=_("If you do not know what this is about, you need not do anything."),
        )


def new_email_was_asked(email: str, user: User) -> Letter:
    """To the present e-mail: somebody wants another."""
    with translation.override(user.language or organisation().language):
        return Letter(
            subject=_("Another e-mail was asked for"),
            paragraphs=(
                _("Hello %(name)s,") % {"name": user.name},
                _("somebody, we hope you, asked to sign in to your account by %(email)s from now on.")
                % {"email": email},
                _("Nothing changes before the link that was sent there is used, within an hour."),
            ),
            button=_("See where you are signed in"),
            address=urljoin(settings.LEADLINE_URL, reverse("people:security")),
            foot=_("If it was not you, change your password: the link is void then. Tell an administrator."),
        )


def email_was_changed(user: User) -> Letter:
    """To the e-mail that was: another one lets in now."""
    with translation.override(user.language or organisation().language):
        return Letter(
            subject=_("Your e-mail for Leadline was changed"),
            paragraphs=(
                _("Hello %(name)s,") % {"name": user.name},
                _("you sign in by %(email)s from now on. All your other browsers are signed out.")
                % {"email": user.email},
            ),
            foot=_("If it was not you, tell an administrator at once."),
        )


def recovery(address: str, user: User) -> Letter:
    """Here you choose a new password."""
    with translation.override(user.language or organisation().language):
        return Letter(
            subject=_("A new password for Leadline"),
            paragraphs=(
                _("Hello %(name)s,") % {"name": user.name},
                _("somebody, we hope you, asked for a new password for your account at %(organisation)s.")
                % {"organisation": organisation().name},
                _("The link opens once, within an hour."),
            ),
            button=_("Choose a new password"),
            address=address,
            foot=_("If it was not you, do nothing: your password stays as it is. Tell an administrator."),
        )
