"""What can be told of templates, in the past tense."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class MailTemplateAdded(Event):
    """A template of e-mail was made."""

    template_id: int

    wording = _("made an e-mail template")


@dataclass(frozen=True)
class MailTemplateChanged(Event):
    """Name, purpose or a text of a template changed."""

    template_id: int

    wording = _("changed an e-mail template")


@dataclass(frozen=True)
class MailTemplateArchived(Event):
    """A template is out of use."""

    template_id: int

    wording = _("archived an e-mail template")


@dataclass(frozen=True)
class MailTemplateRestored(Event):
    """A template is in use again."""

    template_id: int

    wording = _("restored an e-mail template")
