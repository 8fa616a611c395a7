"""The application that the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from leadline.core.loading import nothing_is_garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.config.settings")
with nothing_is_garbage():
    application = get_wsgi_application()
