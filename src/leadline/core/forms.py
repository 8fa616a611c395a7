"""Forms that do one thing: they call an action and show its refusal beside the field."""

from collections.abc import Callable
from typing import Any

from django import forms

from leadline.core.ids import numeric_id
from leadline.core.refusals import NotAllowed, Refusal, RuleBroken, RulesBroken


class ActionForm(forms.Form):
    """A form whose answers go to one action.

    `run` keeps what the action gave in `result`; a refusal becomes an error of the field it names.
    """

    result: Any = None
    refusal: Refusal | None = None
    use_required_attribute = True

    def run(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Validate, call the action with the cleaned answers; False when something said no.

        A `NotAllowed` is not the form's to tell: it goes on to the middleware, which answers 403.
        """
        if not self.is_valid():
            return False
        try:
            self.result = action(*args, **self.cleaned_data, **kwargs)
        except NotAllowed:
            raise
        except RulesBroken as refusal:
            self._refuse(refusal, refusal.broken)
        except RuleBroken as refusal:
            self._refuse(refusal, [refusal])
        except Refusal as refusal:
            self.refusal = refusal
            self.add_error(None, refusal.message)
        return not self.errors

    def _refuse(self, refusal: Refusal, broken: list[RuleBroken]) -> None:
        self.refusal = refusal
        for rule in broken:
            self.add_error(rule.field if rule.field in self.fields else None, rule.message)


class Searched(forms.TextInput):
    """A record chosen by typing; `source` names the address that answers `?q=` (`ui/field.html` draws it)."""

    def __init__(self, source: str):
        super().__init__()
        self.source = source


class SearchedField(forms.ModelChoiceField):
    """One of many records: searched for, not picked from a list of all."""

    widget: Searched

    def __init__(self, queryset: Any, *, source: str, **more: Any):
        super().__init__(queryset=queryset, widget=Searched(source), **more)

    def shown(self, value: Any) -> str:
        """The name of the one that the field holds."""
        key = numeric_id(str(self.prepare_value(value)))
        found = self.queryset.filter(pk=key).first() if key else None  # type: ignore[union-attr]
        return str(found or "")
