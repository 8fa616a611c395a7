"""The form of the sign-in page."""

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.refusals import RuleBroken
from leadline.people.models import User


class SignInForm(forms.Form):
    """E-mail and password; says only that the two do not fit, never which one."""

    user: User | None = None

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def knows(self, request: HttpRequest) -> bool:
        """Whether somebody signs in with these; the errors say what to do otherwise."""
        if not self.is_valid():
            return False
        try:
            self.user = authenticate(request, **self.cleaned_data)
        except RuleBroken as refusal:
            self.add_error(None, refusal.message)
        else:
            if self.user is None:
                self.add_error(None, _("E-mail and password do not fit. Try again, or ask an administrator."))
        return self.user is not None
