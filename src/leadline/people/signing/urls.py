"""The addresses of signing in."""

from django.urls import path

from leadline.people.signing import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("confirm", views.confirm, name="confirm"),
    path("me/security", views.security, name="security"),
    path("me/password", views.change_own_password, name="change_own_password"),
    path("me/sessions/<int:pk>/end", views.end_session, name="end_session"),
    path("me/sessions/end-others", views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("me/sessions/end-all", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("settings/signing-in", views.signing_rules, name="signing_rules"),
]
