"""Addresses of web forms: for those who make them, and for visitors."""

from django.urls import path

from leadline.webforms import views

app_name = "webforms"

urlpatterns = [
    path("web-forms/", views.forms, name="list"),
    path("web-forms/add", views.add, name="add"),
    path("web-forms/held", views.held, name="held"),
    path("web-forms/<int:pk>", views.form, name="form"),
    path("web-forms/<int:pk>/sent", views.sent, name="sent"),
    path("web-forms/<int:pk>/switch", views.switch, name="switch"),
    path("web-forms/<int:pk>/archive", views.archive, name="archive"),
    path("web-forms/<int:pk>/restore", views.restore, name="restore"),
    path("web-forms/sent/<int:pk>/release", views.release, name="release"),
    path("web-forms/sent/<int:pk>/discard", views.discard, name="discard"),
    path("f/<slug:key>", views.visit, name="visit"),
]
