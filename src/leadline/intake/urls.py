"""Addresses of mail that comes in."""

from django.urls import path

from leadline.intake import views

app_name = "intake"

urlpatterns = [
    path("mail-in/", views.addresses, name="list"),
    path("mail-in/log", views.log, name="log"),
    path("mail-in/add", views.add, name="add"),
    path("mail-in/<int:pk>", views.address, name="address"),
    path("mail-in/<int:pk>/edit", views.edit, name="edit"),
    path("mail-in/<int:pk>/try", views.try_mailbox, name="try"),
    path("mail-in/<int:pk>/switch", views.switch, name="switch"),
    path("mail-in/<int:pk>/archive", views.archive, name="archive"),
    path("mail-in/<int:pk>/restore", views.restore, name="restore"),
    path("mail-in/letters/<int:pk>", views.letter, name="letter"),
    path("mail-in/letters/<int:pk>/take", views.take, name="take"),
    path("mail-in/files/<int:pk>", views.file, name="file"),
]
