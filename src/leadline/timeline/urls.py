"""Notifications; the pages of records bring their own timelines."""

from django.urls import path

from leadline.timeline import views

app_name = "timeline"
urlpatterns = [
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/bell", views.bell, name="bell"),
    path("notifications/read", views.read_all, name="read_all"),
    path("notifications/<int:pk>", views.open_notification, name="open"),
]
