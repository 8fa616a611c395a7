"""The addresses of the pages of webhooks."""

from django.urls import path

from leadline.api.views import webhooks as views

app_name = "webhooks"
urlpatterns = [
    path("webhooks", views.webhooks, name="list"),
    path("webhooks/add", views.add, name="add"),
    path("webhooks/<int:pk>", views.page, name="page"),
    path("webhooks/<int:pk>/log", views.log, name="log"),
    path("webhooks/<int:pk>/change", views.change, name="change"),
    path("webhooks/<int:pk>/secret", views.renew_secret, name="renew_secret"),
    path("webhooks/<int:pk>/pause", views.pause, name="pause"),
    path("webhooks/<int:pk>/resume", views.resume, name="resume"),
    path("webhooks/<int:pk>/remove", views.remove, name="remove"),
    path("webhooks/<int:pk>/test", views.test, name="test"),
    path("webhooks/<int:pk>/deliveries/<int:delivery_pk>/replay", views.replay, name="replay"),
]
