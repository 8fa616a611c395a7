"""Custom fields."""

from django.urls import path

from leadline.config.fields import views

app_name = "fields"
urlpatterns = [
    path("fields", views.field_list, name="list"),
    path("fields/add", views.add, name="add"),
    path("fields/preview", views.preview, name="preview"),
    path("fields/arrange", views.arrange, name="arrange"),
    path("fields/<int:pk>", views.field, name="page"),
    path("fields/<int:pk>/choices", views.choices, name="choices"),
    path("fields/<int:pk>/merge", views.merge, name="merge"),
    path("fields/<int:pk>/archive", views.archive, name="archive"),
    path("fields/<int:pk>/bring-back", views.bring_back, name="bring_back"),
]
