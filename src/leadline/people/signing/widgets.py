"""How secrets are typed: pasted or shown if one likes, the strength of a new one told in words."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leadline.people.signing.passwords import SHORTEST


class SecretInput(forms.PasswordInput):
    """A password that can be looked at; `new` for one that is being chosen."""

    input_type = "password"

    def __init__(self, *, new: bool = False, attrs: dict[str, Any] | None = None):
        self.is_new = new
        super().__init__(
            attrs={"autocomplete": "new-password" if new else "current-password", **(attrs or {})}
        )

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field with its behaviour around it; without script it is a plain field."""
        plain = super().render(name, value, attrs, renderer)
        strength = _strengths() if self.is_new else ""
        return format_html(
            '<ll-password data-show="{}" data-hide="{}"{}>{}</ll-password>',
            _("Show"),
            _("Hide"),
            strength,
            plain,
        )


def _strengths() -> SafeString:
    return format_html(
        ' data-shortest="{}" data-short="{}" data-weak="{}" data-fair="{}" data-good="{}"',
        SHORTEST,
        _("Too short yet: %(n)s characters at least.") % {"n": SHORTEST},
        _("Weak: it repeats itself. Add another word."),
        _("Fair. Some more characters make it strong."),
        _("Strong."),
    )


def new_password_help() -> str:
    """What is asked of a new password."""
    return _("At least 10 characters: several words are easy to keep in mind. Any character goes.")


class OneTimeCode(forms.TextInput):
    """Six digits, which a phone offers to fill in."""

    def __init__(self, **attrs: Any):
        given = {"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "off", **attrs}
        super().__init__(attrs={"class": "code-input", **given})
