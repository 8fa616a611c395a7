"""Addresses of tasks; a verb's address, view and action share one word."""

from django.urls import path

from leadline.tasks import views

app_name = "tasks"
urlpatterns = [
    path("tasks/", views.todo, name="list"),
    path("tasks/count", views.count_all, name="count"),
    path("tasks/news", views.news, name="news"),
    path("tasks/filter", views.choose_filter, name="filter"),
    path("tasks/columns", views.choose_columns, name="columns"),
    path("tasks/views/save", views.save_view, name="save_view"),
    path("tasks/views/<int:pk>/change", views.change_view, name="change_view"),
    path("tasks/views/<int:pk>/remove", views.remove_view, name="remove_view"),
    path("tasks/views/counts", views.view_counts, name="view_counts"),
    path("tasks/bulk/<slug:verb>", views.bulk, name="bulk"),
    path("tasks/export", views.export, name="export"),
    path("tasks/add", views.add, name="add"),
    path("tasks/quick", views.quick, name="quick"),
    path("tasks/about/<slug:kind>/<int:key>", views.about, name="about"),
    path("tasks/next/<slug:kind>/<int:key>", views.next_step, name="next_step"),
    path("tasks/<int:pk>/", views.page, name="page"),
    path("tasks/<int:pk>/history", views.history, name="history"),
    path("tasks/<int:pk>/edit", views.edit, name="edit"),
    path("tasks/<int:pk>/finish", views.finish, name="finish"),
    path("tasks/<int:pk>/reopen", views.reopen, name="reopen"),
    path("tasks/<int:pk>/snooze", views.snooze, name="snooze"),
    path("tasks/<int:pk>/assign", views.assign, name="assign"),
    path("tasks/<int:pk>/archive", views.archive, name="archive"),
    path("tasks/<int:pk>/restore", views.restore, name="restore"),
]
