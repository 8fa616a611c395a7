"""The template environment: what every template may call without importing it.

Texts go through Django's gettext, in the language active for the request; times are shown in the
active time zone (ALL-6), numbers and money by the language's rules.
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
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from jinja2 import Template
from markupsafe import Markup

from leadline.core import formats
from leadline.core.folding import FoldingEnvironment
from leadline.core.texts import Menu, Still, told, told_of_value, unfilled

THEMES = ("auto", "light", "dark")


class Languages:
    """The environments of Django's Jinja2 backend (settings TEMPLATES), one for each language."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.made: dict[str | None, FoldingEnvironment] = {}

    @property
    def spoken(self) -> FoldingEnvironment:
        """The environment of the language in use."""
        language = translation.get_language()
        found = self.made.get(language)
        if found is None:
            found = self.made[language] = environment(**self.options)
        return found

    def get_template(self, name: str) -> Template:
        """A template of the files, compiled for the language in use."""
        return self.spoken.get_template(name)

    def from_string(self, source: str) -> Template:
        """A template that is written in place."""
        return self.spoken.from_string(source)


def environment(**options: Any) -> FoldingEnvironment:
    """The environment of one language, that in use when a template is compiled."""
    options |= {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    jinja = FoldingEnvironment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)
    jinja.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    constant: dict[str, Callable[..., Any]] = {
        "_": told,
        "gettext": told,
        "icon": Icons(),
        "url": url,
        "static": static,
        "current_language": translation.get_language,
    }
    jinja.known, jinja.texts, jinja.unfilled = constant, frozenset({"_", "gettext"}), unfilled
    jinja.globals.update(
        constant | {"_": told_of_value, "gettext": told_of_value},  # what is constant was told when compiling
        still=Still(jinja),
        dom_id=dom_id,
        menu=menu,
        theme_of=theme_of,
        csrf_token_of=csrf_token_of,
        languages=settings.LANGUAGES,
        debug=settings.DEBUG,
        attributes=attributes,
        tone_of=tone_of,
    )
    for name, path in getattr(settings, "LEADLINE_TEMPLATE_GLOBALS", {}).items():
        jinja.globals[name] = import_string(path)
    jinja.filters.update(formats.FILTERS)
    return jinja


class CsrfInput:
    """The hidden field of a form, made when the first form of a page is written and then the same for all."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __html__(self) -> str:
        return self.written

    __str__ = __html__

    @cached_property
    def written(self) -> str:
        token = csrf_token_of(self.request)
        return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(token)


def of_request(request: HttpRequest) -> dict[str, Any]:
    """What each template of a request has: Django masks a token anew for each form, which is slow."""
    return {"csrf_input": CsrfInput(request)}


def csrf_token_of(request: HttpRequest) -> str:
    """The token that proves that a form is ours, masked once for each request."""
    secret, token = getattr(request, "_csrf_token", (None, ""))
    if secret is None or secret != request.META.get("CSRF_COOKIE"):
        token = get_token(request)
        request._csrf_token = request.META.get("CSRF_COOKIE"), token  # type: ignore[attr-defined]
    return str(token)


# Numbers that stand in no address of ours by themselves.
STAND_INS = (7000000001, 7000000002, 7000000003)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page, `url('customers:page', 7)`; query values by `query={…}`."""
    query = kwargs.pop("query", None)
    if kwargs or len(args) > len(STAND_INS) or not all(type(each) is int and each >= 0 for each in args):
        return reverse(name, args=args or None, kwargs=kwargs or None, query=query)
    address = _form_of(name, len(args)) % args
    return f"{address}?{urlencode(query, doseq=True)}" if query else address


@lru_cache(maxsize=2048)
def _form_of(name: str, numbers: int) -> str:
    """The address with `%d` for each number: a page names dozens, and `reverse` takes long."""
    stand_ins = STAND_INS[:numbers]
    address = reverse(name, args=stand_ins or None).replace("%", "%%")
    for each in stand_ins:
        address = address.replace(str(each), "%d")
    return address


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


def menu(request: HttpRequest) -> Menu:
    """The navigation for this person, as the roof composes it (setting LEADLINE_MENU, a dotted path)."""
    path = getattr(settings, "LEADLINE_MENU", None)
    if not path:
        return Menu([])
    compose: Callable[[HttpRequest], Menu] = import_string(path)
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
