"""The addresses of SCIM 2.0."""

from django.urls import path, re_path

from leadline.api.scim import views

app_name = "scim"
urlpatterns = [
    path("Users", views.users, name="users"),
    path("Users/<str:pk>", views.user, name="user"),
    path("ServiceProviderConfig", views.service_provider_config, name="config"),
    path("ResourceTypes", views.resource_types, name="resource_types"),
    path("ResourceTypes/<str:name>", views.resource_types, name="resource_type"),
    path("Schemas", views.schemas, name="schemas"),
    path("Schemas/<str:name>", views.schemas, name="schema"),
    re_path(r"^(?P<rest>.*)$", views.nothing_here, name="nothing"),
]
