"""The addresses of this app."""

app_name = "imports"
urlpatterns: list = []
