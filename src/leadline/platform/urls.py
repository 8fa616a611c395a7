"""Addresses of the platform."""

from django.urls import path

from leadline.platform.views import archives, customer, features, online, settings, usage

app_name = "platform"
urlpatterns = [
    path("platform/online", online.online, name="online"),
    path("platform/online/state", online.online_state, name="online_state"),
    path("customers/<int:pk>/platform", customer.of_customer, name="of_customer"),
    path("customers/<int:pk>/usage", usage.usage_of, name="usage_of"),
    path("customers/<int:pk>/usage/beside", usage.usage_beside, name="usage_beside"),
    path("customers/<int:pk>/usage/file", usage.usage_file, name="usage_file"),
    path("platform/features", features.features, name="features"),
    path("platform/features/file", features.features_file, name="features_file"),
    path("platform/settings", settings.settings, name="settings"),
    path("platform/keys/make", settings.make_key, name="make_key"),
    path("platform/keys/<int:pk>/renew", settings.renew_key, name="renew_key"),
    path("platform/keys/<int:pk>/revoke", settings.revoke_key, name="revoke_key"),
    path("platform/rules", settings.change_rules, name="change_rules"),
    path("platform/archives", archives.kept, name="archives"),
    path("platform/archives/keep", archives.keep, name="keep"),
    path("platform/archives/add", archives.archive, name="archive"),
    path("platform/archives/<int:pk>/restore", archives.restore, name="restore"),
    path("platform/archives/<int:pk>/download", archives.download, name="download"),
]
