"""Addresses of duplicates."""

from django.urls import path

from leadline.duplicates import views

app_name = "duplicates"

urlpatterns = [
    path("duplicates/", views.pairs, name="list"),
    path("duplicates/dismiss", views.dismiss, name="dismiss"),
    path("duplicates/later", views.later, name="later"),
    path("duplicates/scan", views.scan, name="scan"),
    path("duplicates/rules", views.rules, name="rules"),
    path("duplicates/rules/put-back", views.put_back, name="put_back"),
    path("duplicates/rules/try", views.try_rules, name="try_rules"),
    path("duplicates/<int:pk>/take-back", views.take_back, name="take_back"),
    path("customers/<int:pk>/duplicates", views.of_customer, name="of_customer"),
]
