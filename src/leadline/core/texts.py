"""Texts of templates in the language in use, as HTML; looked up once where they are constant (ALL-9)."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation
from jinja2 import Environment
from markupsafe import Markup, escape


def told(message: str, /, **values: Any) -> Markup:
    """What templates call `_`: the text in the language in use, with its values escaped into it."""
    return unfilled(message) % values


def unfilled(message: str) -> Markup:
    """The text with the places of its values still open."""
    return Markup(translation.gettext(message))  # noqa: S704 - a text of ours, in a language of ours


def told_of_value(message: Any, /, **values: Any) -> Markup:
    """The same for a text that a template does not hold itself, such as the name of a role: people may have
    typed it, so it is escaped, and a percent sign in it is one.
    """
    text = escape(translation.gettext(str(message)) if message else "")
    return text % values if values else text


@dataclass(eq=False)
class Menu:
    """The navigation of everybody for whom it is the same, and its HTML once it was written.

    A list of sections `{"label", "items": [{"label", "url", "icon", "key", "active", "count", "phone"}]}`.
    """

    sections: list[dict[str, Any]]
    written: dict[Any, Markup] = field(default_factory=dict)


class Still:
    """`still("core/_hosts.html")`: a part that is the same for everybody in a language, written once.

    With a menu, it is the same for everybody who has this one: `still("…", menu(request))`.
    """

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.written: dict[Any, Markup] = {}

    def __call__(self, template: str, menu: Menu | None = None, **given: Any) -> Markup:
        written = self.written if menu is None else menu.written
        key = (translation.get_language(), template, *given.values())
        found = written.get(key)
        if found is None or settings.DEBUG:
            sections = [] if menu is None else menu.sections
            text = self.environment.get_template(template).render(sections=sections, **given)
            found = written[key] = Markup(text)  # noqa: S704 - which escaped what it holds
        return found
