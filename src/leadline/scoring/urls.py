"""Addresses of scoring."""

from django.urls import path

from leadline.scoring import views

app_name = "scoring"

urlpatterns = [
    path("leads/scoring", views.page, name="page"),
    path("leads/scoring/learn", views.learn, name="learn"),
    path("leads/scoring/settings", views.settings, name="settings"),
    path("leads/scoring/bands", views.bands, name="bands"),
    path("leads/scoring/use-rules", views.use_rules, name="use_rules"),
    path("leads/scoring/models/<int:pk>", views.model, name="model"),
    path("leads/scoring/models/<int:pk>/use", views.use, name="use"),
    path("leads/scoring/build", views.build, name="build"),
    path("leads/score-rules/add", views.add, name="add"),
    path("leads/score-rules/<int:pk>", views.edit, name="edit"),
    path("leads/score-rules/<int:pk>/retire", views.retire, name="retire"),
    path("leads/<int:pk>/score", views.of_lead, name="of_lead"),
]
