"""Addresses of the audit."""

from django.urls import path, register_converter

from leadline.governance.views import audit as views


class EntryId:
    """The id of an entry; that of an event is below zero."""

    regex = r"-?[0-9]{1,18}"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: int | str) -> str:
        """As it shall stand there."""
        return str(value)


register_converter(EntryId, "entry")
app_name = "audit"
urlpatterns = [
    path("audit/", views.entries, name="list"),
    path("audit/find", views.find, name="find"),
    path("audit/count", views.count_all, name="count"),
    path("audit/filter", views.choose_filter, name="filter"),
    path("audit/columns", views.choose_columns, name="columns"),
    path("audit/export", views.export, name="export"),
    path("audit/views/save", views.save_view, name="save_view"),
    path("audit/views/<int:pk>/change", views.change_view, name="change_view"),
    path("audit/views/<int:pk>/remove", views.remove_view, name="remove_view"),
    path("audit/views/counts", views.view_counts, name="view_counts"),
    path("audit/entries/<entry:pk>", views.entry, name="entry"),
]
