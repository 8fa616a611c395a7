"""Addresses of the territories (PPL-3)."""

from django.urls import path

from leadline.customers.views import territories as views

app_name = "territories"

urlpatterns = [
    path("territories", views.territories, name="list"),
    path("territories/add", views.add_territory, name="add"),
    path("territories/<int:pk>", views.territory, name="page"),
    path("territories/<int:pk>/rules", views.rules, name="rules"),
    path("territories/<int:pk>/rules/filter", views.choose_rule, name="filter"),
    path("territories/<int:pk>/rules/count", views.count_matching, name="count"),
    path("territories/<int:pk>/move", views.move_territory, name="move"),
    path("territories/<int:pk>/retire", views.retire_territory, name="retire"),
    path("territories/<int:pk>/restore", views.restore_territory, name="restore"),
]
