"""Data quality: the page, its file, counting again."""

from django.urls import path

from leadline.quality import views

app_name = "quality"

urlpatterns = [
    path("data-quality/", views.overview, name="overview"),
    path("data-quality/export.csv", views.export, name="export"),
    path("data-quality/refresh", views.refresh, name="refresh"),
]
