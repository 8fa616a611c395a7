"""Signing in, one's own profile, colleagues, teams and roles."""

from django.urls import include, path

from leadline.people import views
from leadline.people.explaining.views import explain

app_name = "people"
urlpatterns = [
    path("", include("leadline.people.signing.urls")),
    path("", include("leadline.people.working.urls")),
    path("why", explain, name="why"),
    path("me", views.me, name="me"),
    path("me/tokens", views.create_token, name="create_token"),
    path("me/tokens/<int:pk>/revoke", views.revoke_token, name="revoke_token"),
    path("people", views.users, name="users"),
    path("people/add", views.add_user, name="add_user"),
    path("people/<int:pk>", views.change_user, name="change_user"),
    path("people/<int:pk>/password", views.set_user_password, name="set_user_password"),
    path("people/options", views.user_options, name="options"),
    path("teams", views.teams, name="teams"),
    path("teams/add", views.add_team, name="add_team"),
    path("teams/<int:pk>", views.change_team, name="change_team"),
    path("teams/<int:pk>/archive", views.archive_team, name="archive_team"),
    path("teams/<int:pk>/restore", views.restore_team, name="restore_team"),
    path("teams/<int:pk>/remove", views.remove_team, name="remove_team"),
    path("settings", views.settings, name="settings"),
    path("roles", views.roles, name="roles"),
    path("roles/<slug:key>", views.role, name="role"),
    path("roles/<slug:key>/effect", views.role_effect, name="role_effect"),
    path("roles/<slug:key>/second-factor", views.role_second_factor, name="role_second_factor"),
    path("roles/<slug:key>/clone", views.clone_role, name="clone_role"),
    path("roles/<slug:key>/retire", views.retire_role, name="retire_role"),
    path("roles/<slug:key>/bring-back", views.bring_back_role, name="bring_back_role"),
    path("roles/<slug:key>/reset", views.reset_role, name="reset_role"),
]
