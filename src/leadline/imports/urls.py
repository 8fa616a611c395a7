"""Addresses of imports: each step of the way has its own, and can be left and taken up again (CUS-19)."""

from django.urls import path

from leadline.imports import views

app_name = "imports"

urlpatterns = [
    path("imports/", views.past_imports, name="list"),
    path("imports/start", views.start, name="start"),
    path("imports/template/<slug:kind>.csv", views.template, name="template"),
    path("imports/bring", views.bring, name="bring"),
    path("imports/mappings/", views.mappings, name="mappings"),
    path("imports/mappings/<int:pk>/rename", views.rename_mapping, name="rename_mapping"),
    path("imports/mappings/<int:pk>/remove", views.remove_mapping, name="remove_mapping"),
    path("imports/<int:pk>/", views.page, name="page"),
    path("imports/<int:pk>/file", views.file, name="file"),
    path("imports/<int:pk>/read", views.read, name="read"),
    path("imports/<int:pk>/columns", views.columns, name="columns"),
    path("imports/<int:pk>/map", views.map_columns, name="map"),
    path("imports/<int:pk>/duplicates", views.duplicates, name="duplicates"),
    path("imports/<int:pk>/choose", views.choose, name="choose"),
    path("imports/<int:pk>/preview", views.preview, name="preview"),
    path("imports/<int:pk>/check", views.check, name="check"),
    path("imports/<int:pk>/answer", views.answer_questions, name="answer"),
    path("imports/<int:pk>/run", views.run, name="run"),
    path("imports/<int:pk>/state", views.state, name="state"),
    path("imports/<int:pk>/cancel", views.cancel, name="cancel"),
    path("imports/<int:pk>/undo", views.undo, name="undo"),
    path("imports/<int:pk>/rejected", views.rejected, name="rejected"),
    path("imports/<int:pk>/rejected.csv", views.rejected_file, name="rejected_file"),
    path("imports/<int:pk>/correct", views.correct, name="correct"),
]
