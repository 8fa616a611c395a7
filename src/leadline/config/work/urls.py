"""Jobs and change sets."""

from django.urls import path

from leadline.config.work import views

app_name = "work"
urlpatterns = [
    path("jobs", views.jobs, name="jobs"),
    path("jobs/<int:pk>", views.job, name="job"),
    path("jobs/<int:pk>/state", views.job_progress, name="job_progress"),
    path("jobs/<int:pk>/cancel", views.cancel_job, name="cancel_job"),
    path("jobs/<int:pk>/resume", views.resume_job, name="resume_job"),
    path("jobs/<int:pk>/result", views.job_result, name="job_result"),
    path("changes", views.changes, name="changes"),
    path("changes/<int:pk>", views.change, name="change"),
    path("changes/<int:pk>/foreseen", views.foreseen, name="foreseen"),
    path("changes/<int:pk>/undo", views.undo_change, name="undo_change"),
]
