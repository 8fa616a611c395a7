"""Texts of templates: each message is looked up once for a language and a process (ALL-9).

A list page says a hundred and fifty of them; asking Django's catalogue each time costs more than the rows.
"""

from typing import Any

from django.conf import settings
from django.utils import translation
from jinja2 import Environment
from markupsafe import Markup


class Texts:
    """What templates call `_`: the text in the language in use, as HTML, with its values escaped into it."""

    def __init__(self) -> None:
        self.known: dict[tuple[str | None, str, bool], Markup] = {}

    def __call__(self, message: str, /, **values: Any) -> Markup:
        key = (translation.get_language(), message, bool(values))
        text = self.known.get(key)
        if text is None:
            text = Markup(translation.gettext(message))  # noqa: S704 - a text of ours, in a language of ours
            text = self.known[key] = text if values else text % {}
        return text % values if values else text


class Still:
    """`still("core/_hosts.html")`: a part that is the same for everybody in a language, written once."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.written: dict[tuple[str | None, str], Markup] = {}

    def __call__(self, template: str) -> Markup:
        key = (translation.get_language(), template)
        if key not in self.written or settings.DEBUG:
            self.written[key] = Markup(self.environment.get_template(template).render())  # noqa: S704
        return self.written[key]
