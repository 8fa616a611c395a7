"""The template environment: what every template may call without importing it.

Texts go through Django's gettext, so the language is the one active for the request; times are
shown in the active time zone (ALL-6), numbers and money by the language's rules.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from jinja2 import Environment
from markupsafe import Markup

from leadline.core import formats
from leadline.core.texts import Still, Texts

MOST_ICONS = 2000
THEMES = ("auto", "light", "dark")


def environment(**options: Any) -> Environment:
    """The environment of Django's Jinja2 backend (settings TEMPLATES)."""
    options |= {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    jinja = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)  # noqa: S701 (it is on)
    jinja.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    texts = Texts()
    jinja.globals.update(
        _=texts,
        gettext=texts,
        still=Still(jinja),
        url=url,
        static=static,
        icon=Icons(),
        dom_id=dom_id,
        menu=menu,
        theme_of=theme_of,
        csrf_token_of=get_token,
        languages=settings.LANGUAGES,
        current_language=translation.get_language,
        debug=settings.DEBUG,
        attributes=attributes,
        tone_of=tone_of,
    )
    for name, path in getattr(settings, "LEADLINE_TEMPLATE_GLOBALS", {}).items():
        jinja.globals[name] = import_string(path)
    jinja.filters.update(formats.FILTERS)
    return jinja


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page, `url('customers:page', 7)`; query values by `query={…}`."""
    query = kwargs.pop("query", None)
    return reverse(name, args=args or None, kwargs=kwargs or None, query=query)


class Icons:
    """`icon("user")` draws a symbol of the sprite; decorative unless it is given a label.

    A page draws a hundred of them, so each is written once for a process.
    """

    def __init__(self) -> None:
        self.drawn: dict[tuple[str, str, str], Markup] = {}

    @cached_property
    def sprite(self) -> str:
        return static("leadline/icons.svg")

    def __call__(self, name: str, label: str = "", extra: str = "") -> Markup:
        return _drawn(self.sprite, name, label, extra)


@lru_cache(maxsize=2048)
def _drawn(sprite: str, name: str, label: str, extra: str) -> Markup:
    meaning = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon {}" {}><use href="{}#{}"/></svg>').format(extra, meaning, sprite, name)


def dom_id(thing: Any, part: str = "") -> str:
    """A stable id for a record's piece of page: `customer-7`, `customer-7-notes`."""
    words = [thing._meta.model_name, str(thing.pk)] + ([part] if part else [])
    return "-".join(words)


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The navigation for this person, as the roof composes it (setting LEADLINE_MENU, a dotted path).

    A list of sections `{"label", "items": [{"label", "url", "icon", "key", "active", "count"}]}`.
    """
    path = getattr(settings, "LEADLINE_MENU", None)
    if not path:
        return []
    compose: Callable[[HttpRequest], list[dict[str, Any]]] = import_string(path)
    return compose(request)


def theme_of(request: HttpRequest) -> str:
    """The colour scheme this browser chose, from its cookie; `auto` follows the system."""
    chosen = request.COOKIES.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def attributes(given: dict[str, Any] | None) -> Markup:
    """HTML attributes from a mapping; `_` in a name becomes `-`; True stands alone, None and False vanish."""
    parts = []
    for name, value in (given or {}).items():
        if value is None or value is False:
            continue
        written = name.rstrip("_").replace("_", "-")
        parts.append(
            Markup(" {}").format(written) if value is True else Markup(' {}="{}"').format(written, value)
        )
    return Markup("").join(parts)


@lru_cache(maxsize=8192)
def tone_of(name: str) -> int:
    """One of eight stable colours for an avatar or a tag, by its text."""
    return sum(ord(letter) * (place + 1) for place, letter in enumerate(name)) % 8
