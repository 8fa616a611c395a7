"""Addresses of leads; a verb's address, view and action share one word."""

from django.urls import path

from leadline.leads import views

app_name = "leads"

urlpatterns = [
    path("leads/", views.lead_list, name="list"),
    path("leads/count", views.count_all, name="count"),
    path("leads/filter", views.choose_filter, name="filter"),
    path("leads/columns", views.choose_columns, name="columns"),
    path("leads/views/save", views.save_view, name="save_view"),
    path("leads/views/<int:pk>/change", views.change_view, name="change_view"),
    path("leads/views/<int:pk>/remove", views.remove_view, name="remove_view"),
    path("leads/views/counts", views.view_counts, name="view_counts"),
    path("leads/bulk/<slug:verb>", views.bulk, name="bulk"),
    path("leads/export", views.export, name="export"),
    path("leads/options", views.options, name="options"),
    path("leads/add", views.add, name="add"),
    path("leads/queue", views.queue, name="queue"),
    path("leads/end-shift", views.end_shift, name="end_shift"),
    path("leads/<int:pk>/", views.page, name="page"),
    path("leads/<int:pk>/platform", views.on_platform, name="on_platform"),
    path("leads/<int:pk>/history", views.history, name="history"),
    path("leads/<int:pk>/edit", views.edit, name="edit"),
    path("leads/<int:pk>/work", views.work, name="work"),
    path("leads/<int:pk>/assign", views.assign, name="assign"),
    path("leads/<int:pk>/star", views.star, name="star"),
    path("leads/<int:pk>/unstar", views.unstar, name="unstar"),
    path("leads/<int:pk>/stage", views.stage, name="stage"),
    path("leads/<int:pk>/tag", views.tag, name="tag"),
    path("leads/<int:pk>/consent", views.consent, name="consent"),
    path("leads/<int:pk>/mail", views.mail, name="mail"),
    path("leads/<int:pk>/convert", views.convert, name="convert"),
    path("customers/<int:pk>/leads", views.of_customer, name="of_customer"),
    path("leads/<int:pk>/disqualify", views.disqualify, name="disqualify"),
    path("leads/<int:pk>/reopen", views.reopen, name="reopen"),
    path("leads/<int:pk>/archive", views.archive, name="archive"),
    path("leads/<int:pk>/restore", views.restore, name="restore"),
    path("leads/<int:pk>/activities/log", views.log_activity, name="log_activity"),
    path("leads/<int:pk>/activities/<int:activity>/edit", views.edit_activity, name="edit_activity"),
    path(
        "leads/<int:pk>/activities/<int:activity>/archive",
        views.archive_activity,
        name="archive_activity",
    ),
    path("settings/leads", views.settings, name="settings"),
    path("settings/leads/hours", views.set_hours, name="set_hours"),
    path("settings/leads/letters", views.set_letters, name="set_letters"),
    path("settings/lead-lists/<slug:kind>/add", views.add_listed, name="add_listed"),
    path("settings/lead-lists/<slug:kind>/<int:pk>", views.change_listed, name="change_listed"),
    path("settings/lead-lists/<slug:kind>/<int:pk>/move", views.move_listed, name="move_listed"),
    path("settings/lead-lists/<slug:kind>/<int:pk>/retire", views.retire, name="retire"),
    path("settings/lead-lists/<slug:kind>/<int:pk>/bring-back", views.bring_back, name="bring_back"),
]
