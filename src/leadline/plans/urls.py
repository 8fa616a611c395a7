"""Addresses of capabilities."""

from django.urls import path

from leadline.plans.views import capabilities

app_name = "plans"
urlpatterns = [
    path("capabilities/", capabilities.capabilities, name="capabilities"),
    path("capabilities/add", capabilities.add, name="add"),
    path("capabilities/<int:pk>/change", capabilities.change, name="change"),
    path("capabilities/<int:pk>/retire", capabilities.retire, name="retire"),
    path("capabilities/<int:pk>/bring-back", capabilities.bring_back, name="bring_back"),
]
