"""Addresses of privacy."""

from django.urls import path

from leadline.governance.views import privacy as views

app_name = "privacy"
urlpatterns = [
    path("privacy/", views.overview, name="overview"),
    path("privacy/<slug:kind>/<int:pk>", views.person, name="person"),
    path("privacy/<slug:kind>/<int:pk>/report", views.report, name="report"),
    path("privacy/<slug:kind>/<int:pk>/hold", views.hold, name="hold"),
    path("privacy/<slug:kind>/<int:pk>/lift", views.lift, name="lift"),
    path("privacy/<slug:kind>/<int:pk>/erase", views.erase, name="erase"),
    path("privacy/erasures/<int:pk>/confirm", views.confirm, name="confirm"),
    path("privacy/erasures/<int:pk>/withdraw", views.withdraw, name="withdraw"),
]
