"""Signing in by OpenID Connect: against a real provider, and against one that lies (INT-5)."""

import json
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import oidc_provider_mock
import pytest
from django.db import connection
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from leadline.people.models import User
from leadline.people.signing.models import Identity, Provider, SigningRules
from leadline.people.signing.tests.conftest import is_in
from leadline.people.signing.tests.hostile_provider import hostile

ROSA = {"email": "rosa@example.com", "email_verified": True, "name": "Rosa there"}


class Stays(HTTPRedirectHandler):
    def redirect_request(self, *_args, **_more):
        return None


def trusted(issuer, **how):
    given = {"key": "there", "label": "There", "client_id": "leadline", "client_secret": "quiet", **how}
    return Provider.objects.create(issuer=issuer, **given)


def question_of(browser):
    """Where the browser is sent, as address and as values."""
    address = browser.get("/sign-in/with/there?next=/me")["Location"]
    return address, {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@pytest.fixture
def real():
    """The real provider, in which Rosa and Nina have accounts."""
    people = [
        oidc_provider_mock.User(sub="rosa-there", claims=ROSA),
        oidc_provider_mock.User(
            sub="nina-there",
            claims={
                "email": "nina@example.com",
                "email_verified": True,
                "name": "Nina Vance",
                "groups": ["crm"],
            },
        ),
        oidc_provider_mock.User(sub="eve-there", claims={**ROSA, "email_verified": False}),
    ]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


def through(browser, subject):
    """Sign in at the real provider as somebody, and come back."""
    address, _question = question_of(browser)
    sent = Request(address, data=urlencode({"sub": subject}).encode())
    try:
        build_opener(Stays).open(sent)
    except Exception as answer:  # a redirect that is not followed is told as an error
        back = urlsplit(answer.headers["Location"])
    return browser.get(f"{back.path}?{back.query}")


def test_rosa_comes_in_by_a_verified_e_mail_and_is_known_by_her_subject_then(cast, real, told):
    trusted(real)
    browser = Client()

    back = through(browser, "rosa-there")

    assert back["Location"] == "/me"
    assert is_in(browser)
    assert Identity.objects.get().user == cast.rosa
    cast.rosa.email = "rosa.ibarra@example.com"
    cast.rosa.save()
    again = Client()
    through(again, "rosa-there")
    assert is_in(again)
    assert told().count("IdentityLinked") == 1


def test_an_e_mail_that_was_not_verified_is_nobodys(cast, real):
    trusted(real)
    browser = Client()

    through(browser, "eve-there")

    assert not is_in(browser)
    assert "you have no account here" in browser.get("/sign-in").text
    assert not Identity.objects.exists()


def test_who_is_new_gets_an_account_only_where_that_is_allowed(cast, real):
    provider = trusted(real)
    through(Client(), "nina-there")
    assert not User.objects.filter(email="nina@example.com").exists()

    Provider.objects.filter(pk=provider.pk).update(creates_users=True, default_roles=["support-rep"])
    browser = Client()
    through(browser, "nina-there")

    nina = User.objects.get(email="nina@example.com")
    assert is_in(browser)
    assert nina.grants.roles == ("support-rep",)
    assert not nina.has_usable_password()


def test_the_provider_may_say_the_roles(cast, real):
    trusted(real, creates_users=True, role_claim="groups", role_map={"crm": "inside-sales"})

    through(Client(), "nina-there")

    assert User.objects.get(email="nina@example.com").grants.roles == ("inside-sales",)


def test_only_people_of_the_allowed_domains_come_in(cast, real):
    trusted(real, allowed_domains=["elsewhere.example"])
    browser = Client()

    through(browser, "rosa-there")

    assert not is_in(browser)


def test_ones_own_second_factor_is_still_asked_unless_the_provider_counts_as_one(cast, real, app_of):
    app_of(cast.rosa)
    provider = trusted(real)
    assert through(Client(), "rosa-there")["Location"].startswith("/sign-in/second-step")

    Provider.objects.filter(pk=provider.pk).update(counts_as_second_factor=True)
    assert through(Client(), "rosa-there")["Location"] == "/me"


def test_where_only_single_sign_on_is_allowed_administrators_keep_their_password(cast, real, at_password):
    SigningRules.objects.update_or_create(pk=1, defaults={"single_sign_on_only": True})
    trusted(real)
    browser = Client()
    through(browser, "rosa-there")

    assert is_in(browser)
    assert not is_in(at_password(cast.rosa))
    assert is_in(at_password(cast.ada))


@pytest.fixture
def liar(cast):
    with hostile() as provider:
        trusted(provider.issuer)
        yield provider


def come_back(browser, question, **changed):
    values = {"code": "any", "state": question["state"], **changed}
    return browser.get(f"/sign-in/with/there/back?{urlencode(values)}")


def attempt(liar, key=None, **changed):
    """One sign-in with a token whose claims are changed."""
    browser = Client()
    _address, question = question_of(browser)
    liar.sign(liar.claims(question["nonce"], **changed), key)
    come_back(browser, question)
    return browser


def test_the_question_carries_state_nonce_and_pkce(liar):
    _address, question = question_of(Client())

    assert question["code_challenge_method"] == "S256"
    assert min(len(question[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert question["redirect_uri"] == "http://localhost:8000/sign-in/with/there/back"


def test_a_right_token_lets_in(liar):
    assert is_in(attempt(liar))


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"iss": "https://evil.example"},
        {"aud": "somebody else"},
        {"aud": ["leadline", "other"]},
        {"exp": 1_000_000_000},
        {"iat": 9_999_999_999},
        {"exp": None},
        {"iat": "soon"},
        {"sub": None},
        {"sub": 7},
        {"email_verified": "true"},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim_lets_nobody_in(liar, wrong):
    assert not is_in(attempt(liar, **wrong))


def test_a_token_signed_by_somebody_else_lets_nobody_in(liar):
    assert not is_in(attempt(liar, key=RSAKey.generate_key(2048, {"kid": "one"})))


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_without_a_key_pair_lets_nobody_in(liar, algorithm):
    browser = Client()
    _address, question = question_of(browser)
    claims = liar.claims(question["nonce"])
    if algorithm == "none":
        signed = jwt.encode({"alg": "none"}, claims, OctKey.import_key("x"), algorithms=["none"])
    else:
        public = json.dumps(liar.key.as_dict(private=False))
        signed = jwt.encode(
            {"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(public), algorithms=["HS256"]
        )
    liar.token = signed
    come_back(browser, question)

    assert not is_in(browser)


def test_a_new_key_of_the_provider_is_fetched_when_it_is_needed(liar):
    assert is_in(attempt(liar))
    renewed = RSAKey.generate_key(2048, {"kid": "two"})
    liar.published, liar.key = [renewed], renewed

    assert is_in(attempt(liar))
    assert liar.asked.count("/keys") == 2


def test_an_answer_comes_once_and_only_to_the_browser_that_asked(liar):
    browser = Client()
    _address, question = question_of(browser)
    cookie = browser.cookies["sessionid"].value
    liar.sign(liar.claims(question["nonce"]))
    stranger, replayed = Client(), Client()

    come_back(stranger, question)
    come_back(browser, question)
    replayed.cookies["sessionid"] = cookie
    come_back(replayed, question)

    assert (is_in(stranger), is_in(browser), is_in(replayed)) == (False, True, False)


def test_another_state_or_too_late_is_no_answer(liar, later):
    browser, slow = Client(), Client()
    _address, question = question_of(browser)
    come_back(browser, question, state="guess")
    _address, question = question_of(slow)
    liar.sign(liar.claims(question["nonce"]))
    with later(minutes=16):
        come_back(slow, question)

    assert not is_in(browser)
    assert not is_in(slow)


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"{" + b" " * 600_000 + b"}"),
        (302, {"Location": "http://127.0.0.1:1/elsewhere"}, b""),
        (200, {}, b"no json"),
        (200, {}, b"[]"),
        (500, {}, b"{}"),
    ],
    ids=["too much", "redirect", "no json", "no object", "fault"],
)
def test_what_the_network_brings_is_bounded_and_told_in_words(liar, answer):
    liar.answers["/.well-known/openid-configuration"] = answer
    browser = Client()

    assert browser.get("/sign-in/with/there")["Location"].startswith("/sign-in?")
    assert "did not work" in browser.get("/sign-in").text


def test_administrators_set_up_a_provider_and_its_secret_lies_encrypted(cast, as_, real):
    answers = {"label": "Keycloak", "issuer": real, "client_id": "leadline", "client_secret": "very quiet"}

    assert as_(cast.rosa).post("/settings/signing-in/providers/add", answers).status_code == 403
    as_(cast.ada).post("/settings/signing-in/providers/add", {**answers, "is_active": "on"})

    provider = Provider.objects.get()
    page = as_(cast.ada).get(f"/settings/signing-in/providers/{provider.pk}").text
    with connection.cursor() as cursor:
        cursor.execute("SELECT client_secret FROM people_provider")
        assert "quiet" not in cursor.fetchone()[0]
    assert provider.client_secret == "very quiet"
    assert "very quiet" not in page
    assert "http://localhost:8000/sign-in/with/keycloak/back" in page
    assert "Sign in with Keycloak" in Client().get("/sign-in").text


@pytest.mark.parametrize(
    "issuer", ["http://id.example.com", "ftp://localhost", "javascript:alert(1)", "nonsense"]
)
def test_a_provider_is_asked_by_https_alone(cast, as_, issuer):
    answers = {"label": "There", "issuer": issuer, "client_id": "leadline"}

    response = as_(cast.ada).post("/settings/signing-in/providers/add", answers)

    assert response.status_code == 422
    assert "https://" in response.text
    assert not Provider.objects.exists()
