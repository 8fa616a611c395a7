"""The steps of the first run."""

from django.urls import path

from leadline.config.first_run import views

app_name = "first_run"
urlpatterns = [
    path("", views.start, name="start"),
    path("administrator", views.administrator, name="administrator"),
    path("data", views.data, name="data"),
    path("proposal", views.proposal, name="proposal"),
]
