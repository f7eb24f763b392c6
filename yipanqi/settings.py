"""Everything that differs between machines, read from the environment; a wrong value stops the start."""

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent
VAR = Path(os.environ.get("YIPANQI_VAR", ROOT.parent / "var")).resolve()
WITNESS_DIR = os.environ.get("YIPANQI_WITNESS_DIR", "")


def flag(name: str) -> bool:
    """A switch: 1 is on, 0 or nothing is off."""
    text = os.environ.get(name, "0")
    if text not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} 只能是 0 或 1，现在是 {text!r}")
    return text == "1"


def secret_key() -> str:
    """The key that signs sessions: given, or made once and kept beside the data."""
    if given := os.environ.get("YIPANQI_SECRET_KEY"):
        return given
    kept = VAR / "secret_key"
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return kept.read_text(encoding="ascii")


def database(url: str) -> dict[str, Any]:
    """SQLite beside the data when nothing is said, PostgreSQL by its address."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR / "yipanqi.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme != "postgresql" or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "YIPANQI_DATABASE 要写成 postgresql://用户:密码@主机:端口/库名，或留空使用 SQLite"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Compiling a query or sharing it among processes takes longer than our queries; data lie in memory.
        "OPTIONS": {
            "options": "-c jit=off -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 -c work_mem=32MB"
        },
    }


def clock_offset() -> timedelta:
    """How far the pages' clock stands from the real one; only a simulated ledger may be shown so."""
    text = os.environ.get("YIPANQI_NOW", "")
    if not text:
        return timedelta(0)
    try:
        wanted = datetime.fromisoformat(text)
    except ValueError:
        raise ImproperlyConfigured(
            f"YIPANQI_NOW 要写成 2026-11-20T10:00+08:00，现在是 {text!r}"
        ) from None
    return wanted - datetime.now(UTC)


SECRET_KEY = secret_key()
CLOCK_OFFSET = clock_offset()
DEBUG = flag("YIPANQI_DEBUG")
ALLOWED_HOSTS = os.environ.get("YIPANQI_HOSTS", "127.0.0.1,localhost").split(",")
HTTPS = flag("YIPANQI_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60

INSTALLED_APPS = [
    "yipanqi.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "csp",
    "yipanqi.ledger",
    "yipanqi.jobs",
    "yipanqi.org",
    "yipanqi.lists",
    "yipanqi.place",
    "yipanqi.facts.targets",
    "yipanqi.facts.outside",
    "yipanqi.facts.judging",
    "yipanqi.facts.pledges",
    "yipanqi.facts.projects",
    "yipanqi.facts.returns",
    "yipanqi.facts.activities",
    "yipanqi.standing",
    "yipanqi.assessment",
    "yipanqi.publishing",
    "yipanqi.course",
    "yipanqi.dispatch",
    "yipanqi.documents.imports",
    "yipanqi.documents.library",
    "yipanqi.documents.papers",
    "yipanqi.documents.personal",
    "yipanqi.documents.results",
    "yipanqi.dashboards",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yipanqi.org.access.private_pages",
]

ROOT_URLCONF = "yipanqi.urls"
WSGI_APPLICATION = "yipanqi.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yipanqi.standing.shell.shell",
            ],
            "builtins": ["yipanqi.core.templatetags.ui"],
        },
    }
]

DATABASES = {"default": database(os.environ.get("YIPANQI_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}

AUTH_USER_MODEL = "org.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "yipanqi.org.access.SignIn"
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [ROOT / "core" / "locale"]
TIME_ZONE = os.environ.get("YIPANQI_TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
