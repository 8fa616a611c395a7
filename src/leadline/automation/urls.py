"""Addresses of rules and their log."""

from django.urls import path

from leadline.automation import views

app_name = "automation"
urlpatterns = [
    path("automation/", views.rule_list, name="list"),
    path("automation/add", views.add, name="add"),
    path("automation/build", views.build, name="build"),
    path("automation/try", views.try_draft, name="try_draft"),
    path("automation/log", views.log, name="log"),
    path("automation/about/<slug:kind>/<int:record>", views.of_record, name="of_record"),
    path("automation/<int:pk>", views.page, name="page"),
    path("automation/<int:pk>/edit", views.edit, name="edit"),
    path("automation/<int:pk>/try", views.try_rule, name="try"),
    path("automation/<int:pk>/switch", views.switch, name="switch"),
    path("automation/<int:pk>/move", views.move, name="move"),
    path("automation/<int:pk>/archive", views.archive, name="archive"),
    path("automation/<int:pk>/restore", views.restore, name="restore"),
    path("automation/<int:pk>/history", views.history, name="history"),
]
