"""Addresses of the log of payments."""

from django.urls import path

from leadline.platform.views import payments as views

app_name = "payments"
urlpatterns = [
    path("platform/payments/", views.payments, name="list"),
    path("platform/payments/state", views.payments_state, name="state"),
    path("platform/payments/count", views.count_all, name="count"),
    path("platform/payments/filter", views.choose_filter, name="filter"),
    path("platform/payments/columns", views.choose_columns, name="columns"),
    path("platform/payments/export", views.export, name="export"),
    path("platform/payments/views/save", views.save_view, name="save_view"),
    path("platform/payments/views/<int:pk>/change", views.change_view, name="change_view"),
    path("platform/payments/views/<int:pk>/remove", views.remove_view, name="remove_view"),
    path("platform/payments/views/counts", views.view_counts, name="view_counts"),
]
