"""Addresses of privacy."""

from django.urls import path

from leadline.governance.views import privacy as views
from leadline.governance.views import retention

app_name = "privacy"
urlpatterns = [
    path("privacy/", views.overview, name="overview"),
    path("privacy/retention", retention.rules, name="rules"),
    path("privacy/retention/add", retention.add_rule, name="add_rule"),
    path("privacy/retention/<int:pk>/change", retention.change_rule, name="change_rule"),
    path("privacy/retention/<int:pk>/remove", retention.remove_rule, name="remove_rule"),
    path("privacy/retention/<int:pk>/run", retention.run_rule, name="run_rule"),
    path("privacy/<slug:kind>/<int:pk>", views.person, name="person"),
    path("privacy/<slug:kind>/<int:pk>/report", views.report, name="report"),
    path("privacy/<slug:kind>/<int:pk>/hold", views.hold, name="hold"),
    path("privacy/<slug:kind>/<int:pk>/lift", views.lift, name="lift"),
    path("privacy/<slug:kind>/<int:pk>/erase", views.erase, name="erase"),
    path("privacy/erasures/<int:pk>/confirm", views.confirm, name="confirm"),
    path("privacy/erasures/<int:pk>/files", views.decide, name="decide"),
    path("privacy/erasures/<int:pk>/withdraw", views.withdraw, name="withdraw"),
]
