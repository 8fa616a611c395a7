"""Addresses of templates and of writing."""

from django.urls import path

from leadline.marketing import views

app_name = "marketing"

urlpatterns = [
    path("mail-templates/", views.templates, name="templates"),
    path("mail-templates/add", views.add, name="add_template"),
    path("mail-templates/<int:pk>", views.template, name="template"),
    path("mail-templates/<int:pk>/look", views.look, name="look"),
    path("mail-templates/<int:pk>/archive", views.archive, name="archive_template"),
    path("mail-templates/<int:pk>/restore", views.restore, name="restore_template"),
    path("sent-mail/", views.sent, name="sent"),
    path("customers/<int:pk>/mail", views.write, name="write"),
]
