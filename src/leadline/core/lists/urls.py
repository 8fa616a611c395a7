"""Addresses that all lists share."""

from django.urls import path

from leadline.core.lists import bulk_doors

app_name = "lists"
urlpatterns = [path("lists/jobs/<int:pk>", bulk_doors.job_strip, name="job")]
