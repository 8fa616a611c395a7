"""Operation."""

from django.urls import path

from leadline.config.operation import views

app_name = "operation"
urlpatterns = [
    path("operation", views.operation, name="page"),
    path("operation/back-up", views.back_up, name="back_up"),
]
