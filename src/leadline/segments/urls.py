"""Addresses of segments."""

from django.urls import path

from leadline.segments import views

app_name = "segments"

urlpatterns = [
    path("segments/", views.segments, name="list"),
    path("segments/add", views.add, name="add"),
    path("segments/build", views.build, name="build"),
    path("segments/found", views.found, name="found"),
    path("segments/options", views.options, name="options"),
    path("segments/<int:pk>", views.page, name="page"),
    path("segments/<int:pk>/standing", views.standing, name="standing"),
    path("segments/<int:pk>/members", views.members, name="members"),
    path("segments/<int:pk>/history", views.history, name="history"),
    path("segments/<int:pk>/edit", views.edit, name="edit"),
    path("segments/<int:pk>/refresh", views.refresh, name="refresh"),
    path("segments/<int:pk>/archive", views.archive, name="archive"),
    path("segments/<int:pk>/restore", views.restore, name="restore"),
    path("segmented/<slug:kind>/<int:record>", views.segments_of, name="of"),
    path("segmented/<slug:kind>/<int:record>/<slug:verb>", views.pick, name="pick"),
]
