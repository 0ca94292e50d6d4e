"""Settings, all read from the environment. ``docs/settings.md`` lists every one."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from linli.config.keys import keys_of

ROOT = Path(__file__).resolve().parents[2]
LINLI_DATA = Path(os.environ.get("LINLI_DATA", ROOT / "data")).resolve()
LINLI_DATA.mkdir(parents=True, exist_ok=True)
LINLI_KEY_FILE = Path(os.environ.get("LINLI_KEY_FILE", f"{LINLI_DATA}.keys.json"))
LINLI_KEYS, LINLI_KEY_ID, SECRET_KEY = keys_of(LINLI_KEY_FILE)
LINLI_PUBLIC_URL = os.environ.get("LINLI_PUBLIC_URL", "").rstrip("/")
LINLI_DATABASE_URL = os.environ.get("LINLI_DATABASE_URL", "")
LINLI_PROXY = os.environ.get("LINLI_PROXY", "")
LINLI_BACKUP_TO = os.environ.get("LINLI_BACKUP_TO", "")
LINLI_SEAL_MAIL = os.environ.get("LINLI_SEAL_MAIL", "")
PORT = int(os.environ.get("PORT", "8000"))

DEBUG = False
IS_SECURE = LINLI_PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
LINLI_HOST_NAMES = [name.strip() for name in os.environ.get("LINLI_HOSTS", "").split(",") if name.strip()]
ALLOWED_HOSTS += LINLI_HOST_NAMES
if LINLI_PUBLIC_URL:
    ALLOWED_HOSTS.append(urlsplit(LINLI_PUBLIC_URL).hostname or "")
    CSRF_TRUSTED_ORIGINS = [LINLI_PUBLIC_URL]

MODULES = (
    "core", "ui", "audit", "files", "batches", "places", "charters", "people", "notices", "access",
    "matters", "tickets", "voting", "announcements", "campaigns", "facilities", "grids", "knocks", "voices",
    "doorsteps", "desks", "lists", "papers", "indicators", "demo", "config",
)  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    *(f"linli.{module}" for module in MODULES),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "linli.ui.middleware.PackingMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.config.middleware.ActorMiddleware",
    "linli.config.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W021"]
"""The proxy sends http on to https (docs/operators.md): a second redirect behind it would go in circles. And a list
that browsers carry is for the operator's whole domain to join, not for us."""

COTTON_DIR = "ui"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "linli.ui.templatetags.words",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "linli.config.navigation.page_context",
            ],
        },
    }
]
FORM_RENDERER = "linli.ui.forms.Renderer"


def database(url: str) -> dict[str, object]:
    """Django's description of the database at ``url``; the embedded one where there is no address."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": LINLI_DATA / "linli.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # The tick carries the log into the file, every few seconds; past 40 MB a writer would.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=10000;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(LINLI_DATABASE_URL)}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("bo", "བོད་ཡིག"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["linli.ui.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("LINLI_STATIC", ROOT / "static"))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": LINLI_DATA / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
CSRF_FAILURE_VIEW = "linli.config.views.house.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "media-src": ["'self'", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LINLI_SMS = os.environ.get("LINLI_SMS", "")
"""How one-time codes and notices reach telephones: "" (not at all), ``console:``, ``file:PATH``, ``aliyun://...``."""
LINLI_MAIL = os.environ.get("LINLI_MAIL", "smtp:" if os.environ.get("LINLI_SMTP_HOST") else "")
"""How notices reach mail addresses: "" (not at all), ``console:``, ``file:PATH``, ``smtp:``."""
LINLI_WEBHOOK = os.environ.get("LINLI_WEBHOOK", "")
LINLI_WEBHOOK_SECRET = os.environ.get("LINLI_WEBHOOK_SECRET", "")
"""Where notices to staff bodies are posted as well, and the secret of their signature."""
LINLI_CLAMD = os.environ.get("LINLI_CLAMD", "")
"""The malware scanner that is asked about each upload: ``unix:/run/clamav/clamd.ctl``, ``tcp:HOST:PORT``, "" (none)."""
LINLI_ROBOTS = os.environ.get("LINLI_ROBOTS", "")
"""The group robots of staff bodies, by the body's name: ``安和物业=dingtalk:https://...#SECRET`` and blanks between."""
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("LINLI_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("LINLI_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LINLI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LINLI_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LINLI_SMTP_TLS", "") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("LINLI_SMTP_FROM", "linli@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LINLI_LOG", "WARNING")},
}
