"""Against the pages: scripts of others, frames, sniffing, caches, hostile addresses (ALL-2)."""

from html.parser import HTMLParser

import pytest
from django.test import Client, override_settings

from tests.attacks.conftest import routes

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HOSTILE = [
    "'", "' OR 1=1--", "1;DROP TABLE x", "%", "\\", "\x00", "\ud800", "9" * 5000, "-1", "٣" * 30, "١",
    "{", "[]", "null", '{"and": [' * 40 + "]}" * 40, "<script>alert(1)</script>", "../../../etc/passwd",
    "\r\nX: y", "name;--", "{{7*7}}", "%(x)s", "\u202e", "NaN", "1e999", "2026-99-99", "0001-01-01",
]  # fmt: skip
TURNS = 2
PARAMETERS = [
    "where", "q", "sort", "columns", "archived", "after", "before", "limit", "view", "next", "kind", "user",
    "outcome", "since", "until", "seen", "page", "start", "field", "op", "value", "ids", "format", "team",
    "role", "step", "verb", "row", "cursor", "days", "only", "name", "email", "customer", "contact", "lang",
]  # fmt: skip


class Inline(HTMLParser):
    """Finds what a strict policy would refuse, or what a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        names = dict(given)
        if (tag == "script" and "src" not in names) or tag in ("style", "base", "object", "embed", "iframe"):
            self.found.append(tag)
        for name, value in given:
            runs = name.startswith(("on", "hx-on")) or name == "style" or name == "srcdoc"
            if runs or (value or "").strip().lower().startswith(("javascript:", "data:text", "vbscript:")):
                self.found.append(f"{tag} {name}={value}")


@pytest.fixture(scope="module")
def policy_of():
    return lambda answer: dict(
        part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";")
    )


def test_every_page_has_its_headers_and_nothing_inline(ada, key, policy_of):
    """Scripts, frames, sniffing, shared caches: on every address, whatever it answers."""
    for route in routes():
        answer = ada.get(route.address(key))
        told = {name: answer.headers.get(name) for name in HEADERS}
        assert told == HEADERS, route
        assert {**policy_of(answer), **POLICY} == policy_of(answer), route
        assert "unsafe" not in answer["Content-Security-Policy"], route
        assert "no-store" in answer["Cache-Control"], route
        if answer["Content-Type"].startswith("text/html"):
            reader = Inline()
            reader.feed(answer.text)
            assert not reader.found, (route, reader.found)


@pytest.mark.parametrize(
    "path", ["/sign-in", "/healthz", "/no/such", "/api/v1/customers", "/api/v1/openapi.json"]
)
def test_a_stranger_gets_the_same_headers(cast, policy_of, path):
    answer = Client().get(path)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert policy_of(answer)["default-src"] == "'none'"


def test_whoever_signed_out_finds_nothing_in_the_browser(cast, as_, make):
    """Private pages are kept by no cache, so going back shows nothing; static files are."""
    browser = as_(cast.rosa)

    assert "no-store" in browser.get("/customers/")["Cache-Control"]
    assert "no-store" not in browser.get("/static/leadline/css/tokens.css").headers.get("Cache-Control", "")


def test_over_tls_browsers_are_told_to_stay_there(cast, as_):
    with override_settings(SECURE_HSTS_SECONDS=31_536_000):
        answer = as_(cast.rosa).get("/customers/", secure=True)

    assert "max-age=31536000" in answer["Strict-Transport-Security"]


def hostile(names, turn):
    """Each name with another of the hostile values, and other ones at the next turn."""
    return {
        name: HOSTILE[(place * 7 + turn) % len(HOSTILE)].encode("utf-8", "surrogatepass")
        for place, name in enumerate(names)
    }


def test_no_parameter_makes_a_page_fault(ada, key):
    """SQL in sort, where and columns, deep JSON, NUL, half characters: an answer, never a fault."""
    faults = set()
    for route in routes():
        for turn in range(TURNS):
            part = {"HX-Request": "true"} if turn % 2 else {}
            answer = ada.get(route.address(key), hostile(PARAMETERS, turn), headers=part)
            faults |= {route.pattern} if answer.status_code >= 500 else set()

    assert not faults


def test_no_form_makes_a_page_fault(ada, key):
    """The same as answers to forms, in the fields that the page itself has and in some that it has not."""
    faults = set()
    kept = ada.cookies["sessionid"].value
    for turn, route in enumerate(routes()):
        names = sorted({*PARAMETERS, *_fields(ada, route, key)})
        ada.cookies["sessionid"] = kept
        answer = ada.post(route.address(key), hostile(names, turn))
        faults |= {route.pattern} if answer.status_code >= 500 else set()

    assert not faults


def _fields(browser, route, key):
    class Names(HTMLParser):
        names: set[str] = set()

        def handle_starttag(self, tag, given):
            name = dict(given).get("name")
            if name and tag in ("input", "select", "textarea"):
                self.names.add(name)

    reader = Names()
    reader.names = set()
    answer = browser.get(route.address(key))
    if answer["Content-Type"].startswith("text/html"):
        reader.feed(answer.text)
    return sorted(reader.names)


@pytest.mark.parametrize("key", ["0", "9" * 19, "9" * 5000, "%00"])
def test_no_key_in_an_address_makes_a_page_fault(ada, key):
    answers = {route.pattern: ada.get(route.address(key)).status_code for route in routes() if route.names}

    assert not {pattern for pattern, status in answers.items() if status >= 500}


def test_huge_headers_and_cookies_make_no_fault(cast):
    for name in (
        "Cookie",
        "Accept-Language",
        "User-Agent",
        "Referer",
        "X-Request-Id",
        "X-Forwarded-For",
        "If-None-Match",
    ):
        answer = Client(raise_request_exception=False).get("/sign-in", headers={name: "a=b;" * 20_000})
        assert answer.status_code < 500, name


def test_a_foreign_host_is_refused_and_appears_nowhere(cast, as_):
    for host in (
        "evil.example",
        "localhost.evil.example",
        "localhost@evil.example",
        "testserver:80@evil.example",
    ):
        answer = as_(cast.rosa).get("/customers/", headers={"Host": host})
        assert answer.status_code == 400
        assert "evil" not in answer.text
    answer = as_(cast.rosa).get("/customers/", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 200
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
     "/\t/evil.example", "https:evil.example", "/%0d%0aX: y", "http://testserver@evil.example",
     "///evil.example"],
)  # fmt: skip
def test_nobody_is_sent_to_a_stranger(cast, as_, wanted):
    """Open redirects, by each page that takes a way back."""
    answers = [
        as_(cast.rosa).post("/theme", {"theme": "dark", "next": wanted}),
        as_(cast.rosa).post("/language", {"language": "id", "next": wanted}),
        as_(cast.rosa).post("/confirm", {"password": cast.password, "next": wanted}),
        Client().post("/sign-in", {"email": "rosa@example.com", "password": cast.password, "next": wanted}),
    ]
    for answer in answers:
        goes = answer.headers.get("Location", "/")
        assert goes.startswith("/"), goes
        assert not goes.startswith(("//", "/\\", "/\t"))
        assert "\r" not in goes


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_a_method_is_what_it_is(cast, make, program, header):
    address = f"/api/v1/customers/{make.customer(cast.rosa).pk}"
    rosa = program(cast.rosa).client

    assert rosa.get(address, headers={header: "DELETE"}).status_code == 200
    assert rosa.post(f"{address}?_method=PATCH", headers={header: "PATCH"}).status_code == 405


@pytest.mark.parametrize(
    "path", ["/static/../config/settings.py", "/static/%2e%2e/%2e%2e/settings.py",
             "/static/..%2f..%2fsettings.py", "/static//etc/passwd", "/static/leadline/%00"],
)  # fmt: skip
def test_no_path_leads_out_of_the_static_files(cast, as_, path):
    assert as_(cast.ada).get(path).status_code in (400, 404)
