"""The addresses of assignment."""

from django.urls import path

from leadline.assignment import views

app_name = "assignment"

urlpatterns = [
    path("assignment/", views.rules, name="rules"),
    path("assignment/add", views.add_rule, name="add"),
    path("assignment/overflow", views.overflow, name="overflow"),
    path("assignment/switch", views.switch_all, name="switch_all"),
    path("assignment/shares", views.shares, name="shares"),
    path("assignment/shares/<int:pk>", views.share, name="share"),
    path("assignment/rehearse", views.rehearse, name="rehearse"),
    path("assignment/fairness", views.fairness, name="fairness"),
    path("assignment/why/<slug:kind>/<int:pk>", views.why, name="why"),
    path("assignment/<int:pk>", views.rule, name="rule"),
    path("assignment/<int:pk>/which", views.which, name="which"),
    path("assignment/<int:pk>/which/filter", views.which_filter, name="which_filter"),
    path("assignment/<int:pk>/which/count", views.which_count, name="which_count"),
    path("assignment/<int:pk>/move", views.move, name="move"),
    path("assignment/<int:pk>/switch", views.switch, name="switch"),
    path("assignment/<int:pk>/retire", views.retire, name="retire"),
    path("assignment/<int:pk>/bring-back", views.bring_back, name="bring_back"),
]
