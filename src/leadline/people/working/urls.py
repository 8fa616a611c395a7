"""The addresses of hours, absences and skills."""

from django.urls import path

from leadline.people.working import views

urlpatterns = [
    path("people/<int:pk>/work", views.work, name="work"),
    path("people/<int:pk>/hours", views.tell_hours, name="tell_hours"),
    path("people/<int:pk>/skills", views.give_skills, name="give_skills"),
    path("people/<int:pk>/absences", views.enter_absence, name="enter_absence"),
    path("people/<int:pk>/absences/<int:absence>", views.change_absence, name="change_absence"),
    path("people/<int:pk>/absences/<int:absence>/remove", views.remove_absence, name="remove_absence"),
    path("settings/skills", views.skills, name="skills"),
    path("settings/skills/add", views.add_skill, name="add_skill"),
    path("settings/skills/<int:pk>", views.change_skill, name="change_skill"),
    path("settings/skills/<int:pk>/merge", views.merge_skill, name="merge_skill"),
    path("settings/skills/<int:pk>/retire", views.retire_skill, name="retire_skill"),
    path("settings/skills/<int:pk>/bring-back", views.bring_back_skill, name="bring_back_skill"),
]
