"""Against single sign-on: an issuer's address that leads us elsewhere (SSRF)."""

import json

import pytest

from leadline.people.signing.models import Provider
from leadline.people.signing.oidc.discovery import discover
from leadline.people.signing.oidc.fetching import ProviderFailed, get
from leadline.people.signing.tests.hostile_provider import HostileProvider, hostile

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
ELSEWHERE = (
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1",
    "http://[fe80::1]/",
    "http://localhost.evil.example",
    "http://127.0.0.1@169.254.169.254/",
    "http://0x7f000001.evil.example/",
    "file:///etc/passwd",
    "ftp://127.0.0.1/x",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "data:application/json,{}",
    "https://",
    "//127.0.0.1/",
)


@pytest.fixture
def liar():
    with hostile() as provider:
        yield provider


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_issuer_in_the_clear_or_of_another_kind_is_asked_nothing(cast, as_, address):
    given = {"label": "Evil", "issuer": address, "client_id": "x", "client_secret": "y"}

    assert as_(cast.ada).post("/settings/signing-in/providers/add", given).status_code == 422
    assert not Provider.objects.exists()
    with pytest.raises(ProviderFailed):
        get(address)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_issuer_leads_nowhere_by_redirection(liar: HostileProvider, status):
    liar.answers["/.well-known/openid-configuration"] = (status, {"Location": f"{liar.issuer}/inside"}, b"")
    liar.answers["/inside"] = (200, {}, b"{}")

    with pytest.raises(ProviderFailed):
        discover(liar.issuer)
    assert liar.asked == ["/.well-known/openid-configuration"]


@pytest.mark.parametrize("name", ENDPOINTS)
@pytest.mark.parametrize("address", ELSEWHERE)
def test_what_an_issuer_says_of_itself_leads_nowhere_either(liar: HostileProvider, name, address):
    right = {
        "issuer": liar.issuer,
        "authorization_endpoint": f"{liar.issuer}/authorize",
        "token_endpoint": f"{liar.issuer}/token",
        "jwks_uri": f"{liar.issuer}/keys",
    }
    for address in ELSEWHERE:
        said = json.dumps({**right, name: address}).encode()
        liar.answers["/.well-known/openid-configuration"] = (200, {}, said)
        with pytest.raises(ProviderFailed):
            discover(liar.issuer)
    assert set(liar.asked) == {"/.well-known/openid-configuration"}
