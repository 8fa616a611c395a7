"""Addresses of compliance; a verb's address, view and action share one word."""

from django.urls import path

from leadline.compliance.views import list as listing
from leadline.compliance.views import record, settings, verbs

app_name = "compliance"
urlpatterns = [
    path("compliance/list", listing.procedure_list, name="list"),
    path("compliance/list/count", listing.count_all, name="count"),
    path("compliance/list/filter", listing.choose_filter, name="filter"),
    path("compliance/list/columns", listing.choose_columns, name="columns"),
    path("compliance/list/views/save", listing.save_view, name="save_view"),
    path("compliance/list/views/<int:pk>/change", listing.change_view, name="change_view"),
    path("compliance/list/views/<int:pk>/remove", listing.remove_view, name="remove_view"),
    path("compliance/list/views/counts", listing.view_counts, name="view_counts"),
    path("compliance/<int:pk>/", record.page, name="page"),
    path("compliance/<int:pk>/approve", verbs.approve, name="approve"),
    path("compliance/<int:pk>/decline", verbs.decline, name="decline"),
    path("compliance/<int:pk>/submit", verbs.submit, name="submit"),
    path("compliance/<int:pk>/ask-again", verbs.ask_again, name="ask_again"),
    path("compliance/<int:pk>/reopen", verbs.reopen, name="reopen"),
    path("compliance-checks/<int:pk>/decide", verbs.decide, name="decide"),
    path("compliance-checks/<int:pk>/upload", verbs.upload, name="upload"),
    path("compliance-documents/<int:pk>", verbs.document, name="document"),
    path("compliance-documents/<int:pk>/remove", verbs.remove, name="remove"),
    path("leads/<int:pk>/compliance", record.of_lead, name="of_lead"),
    path("customers/<int:pk>/compliance", record.of_customer, name="of_customer"),
    path("settings/compliance", settings.settings, name="settings"),
    path("settings/compliance-items/add", settings.add_item, name="add_item"),
    path("settings/compliance-items/<int:pk>", settings.change_item, name="change_item"),
    path("settings/compliance-items/<int:pk>/retire", settings.retire_item, name="retire_item"),
    path("settings/compliance-items/<int:pk>/bring-back", settings.bring_back_item, name="bring_back_item"),
]
