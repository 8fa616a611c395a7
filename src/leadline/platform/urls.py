"""Addresses of the platform."""

from django.urls import path

from leadline.platform.views import customer, online, settings

app_name = "platform"
urlpatterns = [
    path("platform/online", online.online, name="online"),
    path("platform/online/state", online.online_state, name="online_state"),
    path("customers/<int:pk>/platform", customer.of_customer, name="of_customer"),
    path("platform/settings", settings.settings, name="settings"),
    path("platform/keys/make", settings.make_key, name="make_key"),
    path("platform/keys/<int:pk>/renew", settings.renew_key, name="renew_key"),
    path("platform/keys/<int:pk>/revoke", settings.revoke_key, name="revoke_key"),
    path("platform/rules", settings.change_rules, name="change_rules"),
]
