"""Addresses of targets."""

from django.urls import path

from leadline.performance import views

app_name = "performance"
urlpatterns = [
    path("targets/", views.targets, name="targets"),
    path("targets/set", views.set_all, name="set"),
    path("targets/copy", views.copy, name="copy"),
]
