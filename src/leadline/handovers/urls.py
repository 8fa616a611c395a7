"""Hand-overs and their sheets."""

from django.urls import path

from leadline.handovers import views

app_name = "handovers"

urlpatterns = [
    path("handovers/", views.handovers, name="list"),
    path("handovers/start", views.start, name="start"),
    path("handovers/of/<slug:kind>", views.chosen, name="chosen"),
    path("handovers/<int:pk>/", views.page, name="page"),
    path("handovers/<int:pk>/call-off", views.call_off, name="call_off"),
    path("handovers/sheets/<int:pk>", views.sheet, name="sheet"),
    path("handovers/sheets/<int:pk>/remarks", views.note_remarks, name="note_remarks"),
    path("handovers/sheets/<int:pk>/accept", views.accept, name="accept"),
]
