"""What is told when something goes wrong (ALL-2, ALL-3)."""

from django.test import Client, override_settings
from django.urls import path


def breaks(request):
    raise ZeroDivisionError


urlpatterns = [path("breaks", breaks), path("sign-in", breaks, name="people:sign_in")]
handler500 = "leadline.config.failures.fault"


def test_what_is_not_there_is_told_in_words(cast, as_):
    page = as_(cast.rosa).get("/no/such/page")
    part = as_(cast.rosa, htmx=True).get("/no/such/page")

    assert page.status_code == part.status_code == 404
    assert "Nothing here" in page.text
    assert "data-refusal" in part.text
    assert "<html" not in part.text


def test_a_form_of_a_stranger_is_refused(cast):
    browser = Client(enforce_csrf_checks=True)

    response = browser.post("/sign-in", {"email": "rosa@example.com", "password": cast.password})

    assert response.status_code == 403
    assert "Load it again" in response.text


def test_what_one_may_not_do_is_told_with_a_reason(cast, as_):
    response = as_(cast.rosa).get("/settings")

    assert response.status_code == 403
    assert "You may not do this" in response.text


@override_settings(ROOT_URLCONF="leadline.config.tests.test_failures")
def test_our_own_fault_shows_no_trace(cast, as_):
    browser = as_(cast.rosa)
    browser.raise_request_exception = False

    response = browser.get("/breaks")

    assert response.status_code == 500
    assert "Something went wrong" in response.text
    assert "ZeroDivisionError" not in response.text


def test_every_page_has_a_strict_policy_for_content(cast, as_):
    policy = as_(cast.rosa).get("/me")["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
