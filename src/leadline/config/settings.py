"""Settings of an installation; every one works without being set.

Read from the environment: LEADLINE_DATA, DATABASE_URL, LEADLINE_DIRECT_DATABASE_URL, LEADLINE_SECRET_KEY,
LEADLINE_URL, LEADLINE_PROXIES, LEADLINE_EMAIL_URL, LEADLINE_EMAIL_FROM, LEADLINE_DEBUG,
LEADLINE_LOG, LEADLINE_METRICS_TOKEN, LEADLINE_SLOW_REQUEST.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from leadline.core.logs import lines as logs
from leadline.core.planned import ONLY_IF_ASKED
from leadline.core.postgres import connection_settings, is_pooled

PACKAGE = Path(__file__).resolve().parent.parent
LEADLINE_DATA = Path(os.environ.get("LEADLINE_DATA", "var")).resolve()
LEADLINE_URL = os.environ.get("LEADLINE_URL", "http://localhost:8000")
# Requests a minute that a token may send to the API.
LEADLINE_API_RATE = int(os.environ.get("LEADLINE_API_RATE", "") or 30_000)
# Private hosts or networks that webhooks may reach all the same: names or CIDR, with commas between.
LEADLINE_PRIVATE_HOSTS = [
    word.strip().lower() for word in os.environ.get("LEADLINE_PRIVATE_HOSTS", "").split(",") if word.strip()
]
# For how many days the ids of events are remembered: an event of the platform sent again counts once.
LEADLINE_EVENTS_REMEMBERED = int(os.environ.get("LEADLINE_EVENTS_REMEMBERED", "") or 7)
DEBUG = os.environ.get("LEADLINE_DEBUG", "") == "1"
# Operation (docs/guide/operation.md).
LEADLINE_METRICS_TOKEN = os.environ.get("LEADLINE_METRICS_TOKEN", "")
LEADLINE_SLOW_REQUEST = float(os.environ.get("LEADLINE_SLOW_REQUEST") or 1.0)  # seconds
LOGGING = logs.LOGGING


def _kept_secret() -> str:
    """The secret key of this installation, made at the first start and kept beside the data."""
    kept = LEADLINE_DATA / "secret-key"
    if not kept.exists():
        LEADLINE_DATA.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return kept.read_text()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = os.environ.get("LEADLINE_SECRET_KEY") or _kept_secret()

_address = urlsplit(LEADLINE_URL)
ALLOWED_HOSTS = list({_address.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"})
CSRF_TRUSTED_ORIGINS = [f"{_address.scheme}://{_address.netloc}"]
_over_tls = _address.scheme == "https"
LEADLINE_EMAIL_URL = os.environ.get("LEADLINE_EMAIL_URL", "")
LEADLINE_EMAIL_FROM = os.environ.get("LEADLINE_EMAIL_FROM", "")
# How many proxies of one's own stand before this server and append to X-Forwarded-For.
LEADLINE_PROXIES = int(os.environ.get("LEADLINE_PROXIES") or 0)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "leadline.core",
    "leadline.people",
    "leadline.plans",
    "leadline.timeline",
    "leadline.governance",
    "leadline.segments",
    "leadline.handovers",
    "leadline.assignment",
    "leadline.tasks",
    "leadline.customers",
    "leadline.platform",
    "leadline.marketing",
    "leadline.leads",
    "leadline.scoring",
    "leadline.webforms",
    "leadline.intake",
    "leadline.compliance",
    "leadline.duplicates",
    "leadline.quality",
    "leadline.automation",
    "leadline.performance",
    "leadline.workspaces",
    "leadline.imports",
    "leadline.api",
    "leadline.config",
]

MIDDLEWARE = [
    "leadline.config.watching.proxies.BehindProxies",
    "leadline.config.watching.middleware.Watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leadline.core.middleware.KeptPrivate",
    "csp.middleware.CSPMiddleware",
    "leadline.api.middleware.ProblemsUnderApi",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "leadline.people.middleware.WhoseSession",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "leadline.people.middleware.WhoIsAsking",
    "leadline.people.middleware.SecondFactorFirst",
    "leadline.people.middleware.ConfirmedFirst",
    "leadline.config.middleware.SignedInOrSentToSignIn",
    "leadline.config.recent.RemembersRecentCustomers",
    "leadline.core.middleware.RefusalsInWords",
]

ROOT_URLCONF = "leadline.config.urls"
WSGI_APPLICATION = "leadline.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [
            PACKAGE / app / "templates"
            for app in (
                "core",
                "people",
                "plans",
                "timeline",
                "governance",
                "handovers",
                "assignment",
                "tasks",
                "duplicates",
                "quality",
                "segments",
                "customers",
                "platform",
                "marketing",
                "leads",
                "scoring",
                "webforms",
                "intake",
                "automation",
                "performance",
                "workspaces",
                "compliance",
                "imports",
                "api",
                "config",
            )
        ],
        "OPTIONS": {
            "environment": "leadline.core.jinja.Languages",
            "context_processors": ["leadline.core.jinja.of_request"],
        },
    },
]
# What the roof gives to all templates; see config/composition.py.
LEADLINE_MENU = "leadline.config.composition.menu"
LEADLINE_STEPS_THAT_MATTER = "leadline.config.steps_that_matter.STEPS"
LEADLINE_TOKEN_SCOPES = "leadline.api.scoping.token_scopes"  # noqa: S105, the name of a function
LEADLINE_TEMPLATE_GLOBALS = {
    "customer_tabs": "leadline.config.composition.customer_tabs",
    "lead_tabs": "leadline.config.composition.lead_tabs",
    "lead_panels": "leadline.config.composition.lead_panels",
    "customer_panels": "leadline.config.composition.customer_panels",
    "customer_facts": "leadline.config.composition.customer_facts",
    "customer_deeds": "leadline.config.composition.customer_deeds",
    "person_deeds": "leadline.config.composition.person_deeds",
    "why_address": "leadline.people.explaining.addresses.why_address",
}

# A pooler gives each transaction another session: nothing that outlives one, and what is set for a session is
# set for the transaction. No statement is kept with its plan but those of core/planned.py, and none there.
_DATABASE = connection_settings()
DATABASES = {
    "default": {
        **_DATABASE,
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": None,
        "DISABLE_SERVER_SIDE_CURSORS": is_pooled(),
        "OPTIONS": {
            **_DATABASE.get("OPTIONS", {}),
            "prepare_threshold": None if is_pooled() else ONLY_IF_ASKED,
        },
    }
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS: list[str] = []  # who it is, is found out in people.signing
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "leadline.people.signing.passwords.NotGuessable"},
]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "/"

# A signed cookie; the key of the session in it finds people_session with the person, in one query.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 90 * 24 * 3600  # the longest that people.SigningRules allows
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _over_tls
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _over_tls else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "leadline.config.failures.csrf"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("id", "Bahasa Indonesia")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
