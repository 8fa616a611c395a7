"""Addresses of customers; a verb's address, view and action share one word."""

from django.urls import path

from leadline.customers import views
from leadline.customers.views.territories import why_there

app_name = "customers"

urlpatterns = [
    path("customers/", views.customer_list, name="list"),
    path("customers/count", views.count_all, name="count"),
    path("customers/filter", views.choose_filter, name="filter"),
    path("customers/columns", views.choose_columns, name="columns"),
    path("customers/views/save", views.save_view, name="save_view"),
    path("customers/views/<int:pk>/change", views.change_view, name="change_view"),
    path("customers/views/<int:pk>/remove", views.remove_view, name="remove_view"),
    path("customers/views/counts", views.view_counts, name="view_counts"),
    path("customers/bulk/<slug:verb>", views.bulk, name="bulk"),
    path("customers/export", views.export, name="export"),
    path("customers/options", views.options, name="options"),
    path("customers/add", views.add, name="add"),
    path("customers/<int:pk>/", views.page, name="page"),
    path("customers/<int:pk>/contacts", views.contacts, name="contacts"),
    path("customers/<int:pk>/activities", views.activities, name="activities"),
    path("customers/<int:pk>/notes", views.notes, name="notes"),
    path("customers/<int:pk>/history", views.history, name="history"),
    path("customers/<int:pk>/territory", why_there, name="why_there"),
    path("customers/<int:pk>/edit", views.edit, name="edit"),
    path("customers/<int:pk>/assign", views.assign, name="assign"),
    path("customers/<int:pk>/tag", views.tag, name="tag"),
    path("customers/<int:pk>/status", views.status, name="status"),
    path("customers/<int:pk>/block", views.block, name="block"),
    path("customers/<int:pk>/unblock", views.unblock, name="unblock"),
    path("customers/<int:pk>/archive", views.archive, name="archive"),
    path("customers/<int:pk>/restore", views.restore, name="restore"),
    path("customers/<int:pk>/contacts/add", views.add_contact, name="add_contact"),
    path("contacts/<int:pk>/edit", views.edit_contact, name="edit_contact"),
    path("contacts/<int:pk>/primary", views.make_primary, name="make_primary"),
    path("contacts/<int:pk>/archive", views.archive_contact, name="archive_contact"),
    path("contacts/<int:pk>/restore", views.restore_contact, name="restore_contact"),
    path("contacts/<int:pk>/move", views.move_contact, name="move_contact"),
    path("activities/log", views.log_anywhere, name="log_anywhere"),
    path("customers/<int:pk>/activities/log", views.log_activity, name="log_activity"),
    path("activities/<int:pk>/edit", views.edit_activity, name="edit_activity"),
    path("activities/<int:pk>/archive", views.archive_activity, name="archive_activity"),
    path("customers/<int:pk>/notes/write", views.write_note, name="write_note"),
    path("notes/<int:pk>/edit", views.edit_note, name="edit_note"),
    path("notes/<int:pk>/pin", views.pin_note, name="pin_note"),
    path("notes/<int:pk>/unpin", views.unpin_note, name="unpin_note"),
    path("notes/<int:pk>/archive", views.archive_note, name="archive_note"),
    path("notes/<int:pk>/history", views.note_history, name="note_history"),
    path("attachments/<int:pk>", views.attachment, name="attachment"),
    path("attachments/<int:pk>/remove", views.remove_attachment, name="remove_attachment"),
]
