"""Addresses of figures: dashboards, definitions, one metric, the analysis of leads, the log."""

from django.urls import path

from leadline.workspaces import views

app_name = "workspaces"
urlpatterns = [
    path("workspace/", views.home, name="home"),
    path("workspace/own/", views.own, name="own"),
    path("workspace/own/make", views.make, name="make"),
    path("workspace/own/<int:pk>/change", views.change, name="change_own"),
    path("workspace/own/<int:pk>/move", views.move, name="move_own"),
    path("workspace/own/<int:pk>/archive", views.archive, name="archive_own"),
    path("workspace/own/<int:pk>/restore", views.restore, name="restore_own"),
    path("workspace/<slug:key>/", views.dashboard, name="dashboard"),
    path("workspace/<slug:key>/state", views.state, name="state"),
    path("workspace/<slug:key>/tile/<int:place>", views.tile, name="tile"),
    path("workspace/<slug:key>/arrange", views.arrange, name="arrange"),
    path("workspace/<slug:key>/reset", views.reset, name="reset"),
    path("workspace/<slug:key>/export.csv", views.dashboard_file, name="dashboard_file"),
    path("workspace/<slug:key>/wall", views.wall, name="wall"),
    path("figures/", views.metrics, name="metrics"),
    path("figures/<slug:name>/", views.metric, name="metric"),
    path("figures/<slug:name>/export.csv", views.metric_file, name="metric_file"),
    path("leads/analysis", views.analysis, name="analysis"),
    path("leads/analysis.csv", views.analysis_file, name="analysis_file"),
    path("leads/log", views.log, name="log"),
    path("leads/log.csv", views.log_file, name="log_file"),
]
