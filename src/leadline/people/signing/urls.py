"""The addresses of signing in."""

from django.urls import path

from leadline.people.signing import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/second-step", views.second_step, name="second_step"),
    path("sign-in/passkey", views.sign_in_by_passkey, name="sign_in_by_passkey"),
    path("sign-in/second-step/passkey", views.second_step_by_passkey, name="second_step_by_passkey"),
    path("confirm/passkey", views.confirm_by_passkey, name="confirm_by_passkey"),
    path("me/passkeys/add", views.add_passkey, name="add_passkey"),
    path("me/passkeys/<int:pk>/remove", views.remove_passkey, name="remove_passkey"),
    path("sign-in/forgot", views.forgot, name="forgot"),
    path("recover/<str:secret>", views.recover, name="recover"),
    path("invitation/<str:secret>", views.accept_invitation, name="accept_invitation"),
    path("people/invitations", views.invitations, name="invitations"),
    path("people/invitations/<int:pk>/again", views.invite_again, name="invite_again"),
    path("people/invitations/<int:pk>/withdraw", views.withdraw_invitation, name="withdraw_invitation"),
    path("people/<int:pk>/view-as", views.begin_viewing, name="begin_viewing"),
    path("view-as/end", views.end_viewing, name="end_viewing"),
    path("sign-in/with/<slug:key>", views.sign_in_with, name="sign_in_with"),
    path("sign-in/with/<slug:key>/back", views.sign_in_back, name="sign_in_back"),
    path("settings/signing-in/providers/add", views.add_provider, name="add_provider"),
    path("settings/signing-in/providers/<int:pk>", views.change_provider, name="change_provider"),
    path("settings/signing-in/providers/<int:pk>/remove", views.remove_provider, name="remove_provider"),
    path("second-factor", views.factor_needed, name="factor_needed"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("confirm", views.confirm, name="confirm"),
    path("me/security", views.security, name="security"),
    path("me/password", views.change_own_password, name="change_own_password"),
    path("me/sessions/<int:pk>/end", views.end_session, name="end_session"),
    path("me/sessions/end-others", views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("me/sessions/end-all", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("me/codes/begin", views.begin_code_app, name="begin_code_app"),
    path("me/codes", views.code_app, name="code_app"),
    path("me/codes/remove", views.remove_code_app, name="remove_code_app"),
    path("me/recovery-codes", views.make_recovery_codes, name="make_recovery_codes"),
    path("people/<int:pk>/signing", views.signing_of_user, name="signing_of_user"),
    path("people/<int:pk>/sign-out", views.sign_out_user, name="sign_out_user"),
    path("people/<int:pk>/reset-second-factor", views.reset_second_factor, name="reset_second_factor"),
    path("settings/signing-in", views.signing_rules, name="signing_rules"),
]
