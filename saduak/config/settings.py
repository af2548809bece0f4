"""All settings, in one file, read from the environment. docs/operating.md tells the same in prose."""

import os
import secrets
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from saduak.config import demo_clock
from saduak.config import environment as env

ROOT = Path(__file__).resolve().parents[2]
TESTING = "pytest" in sys.modules

# --- where things lie -------------------------------------------------------------------------------------------
DATA = Path(env.text("SADUAK_DATA", str(ROOT / "data"))).resolve()
EXCHANGE_FOLDER = Path(env.text("SADUAK_EXCHANGE_FOLDER", str(DATA / "exchange-boxes"))).resolve()
DATA.mkdir(parents=True, exist_ok=True)
NODE_MODULES = Path(env.text("SADUAK_NODE_MODULES", str(ROOT / "node_modules")))
PACKS = Path(env.text("SADUAK_PACKS", str(ROOT / "packs")))

# --- what kind of instance ---------------------------------------------------------------------------------------
# A demonstration shows its sign-ins, runs on its own clock and signs with a key that says so. Everything else is as in production.
DEMO = env.flag("SADUAK_DEMO", False)
DEBUG = env.flag("SADUAK_DEBUG", False)
if DEBUG and not (DEMO or TESTING):
    raise ImproperlyConfigured(
        "SADUAK_DEBUG shows the inside of the system to visitors: set it only together with SADUAK_DEMO."
    )
DEMO_CLOCK = DATA / "clock.json"
if DEMO:
    demo_clock.follow(DEMO_CLOCK)


def _secret_key() -> str:
    if TESTING:
        return "only-for-tests"
    if not DEMO:
        value = env.text(
            "SADUAK_SECRET_KEY", help="It signs sessions: 50 random characters, kept for the life of the instance."
        )
        if len(value) < 40:
            raise ImproperlyConfigured("SADUAK_SECRET_KEY is too short: give it 50 random characters.")
        return value
    path = DATA / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = _secret_key()
PORT = env.number("PORT", 8000)
BASE_URL = env.text("SADUAK_BASE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
_base = urlsplit(BASE_URL)
if _base.scheme not in {"http", "https"} or not _base.hostname:
    raise ImproperlyConfigured(
        f"SADUAK_BASE_URL is {BASE_URL!r}; write the public address, such as https://gecc.example.go.th."
    )
HTTPS = _base.scheme == "https"
if not HTTPS and not (DEMO or TESTING):
    raise ImproperlyConfigured("SADUAK_BASE_URL must begin with https:// outside a demonstration.")
ALLOWED_HOSTS = [_base.hostname, *env.words("SADUAK_ALLOWED_HOSTS")]
if DEMO or TESTING:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "testserver"]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []
SECURE_SSL_REDIRECT = HTTPS and env.flag("SADUAK_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
if env.flag("SADUAK_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 3600
SESSION_ENGINE = "saduak.people.sessions"
CSRF_FAILURE_VIEW = "saduak.web.views.csrf_failure"

# --- apps: the stack of docs/architecture, top to bottom ------------------------------------------------------------
INSTALLED_APPS = [
    "saduak.config.apps.ConfigConfig",
    "saduak.desk",
    "saduak.directory",
    "saduak.circulars",
    "saduak.certificates",
    "saduak.assessment",
    "saduak.applications",
    "saduak.surveys",
    "saduak.rounds",
    "saduak.packs",
    "saduak.people",
    "saduak.files",
    "saduak.documents",
    "saduak.journal",
    "saduak.outbox",
    "saduak.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "treebeard",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "saduak.web.middleware.PrivacyMiddleware",
    "saduak.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "saduak.web.middleware.SoundTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "saduak.people.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "saduak.people.middleware.ActorMiddleware",
    "saduak.web.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "saduak.config.urls"
WSGI_APPLICATION = "saduak.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "saduak.web.context.page",
                "saduak.config.navigation.navigation",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "saduak.web.templatetags.web"],
        },
    },
]

# --- database -----------------------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    # IMMEDIATE takes the write lock at BEGIN: it stands in for select_for_update, and no transaction fails half-way
    # because another wrote in between. ATOMIC_REQUESTS stays off, so that readers take no lock at all.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;",
}


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": None,
            # A file, because threads that share a database in memory do not wait for each other as they do in a file.
            "TEST": {"NAME": str(Path(tempfile.gettempdir()) / f"saduak-test-{os.getpid()}.sqlite3")},
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": parts.port or "",
            # Compiling a query takes longer than any of ours runs: PostgreSQL does so where it guesses that many rows come.
            "OPTIONS": {"options": "-c jit=off"} | ({} if TESTING else {"pool": {"min_size": 1, "max_size": 8}}),
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {parts.scheme!r}; write sqlite:///path or postgresql://user:password@host/name."
    )


DATABASES = {"default": _database(env.text("DATABASE_URL", f"sqlite://{DATA / 'saduak.sqlite3'}"))}

# --- files --------------------------------------------------------------------------------------------------------
if env.text("SADUAK_S3_BUCKET", ""):
    _evidence = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.text("SADUAK_S3_BUCKET"),
            "endpoint_url": env.text("SADUAK_S3_ENDPOINT", "") or None,
            "access_key": env.text("SADUAK_S3_ACCESS_KEY"),
            "secret_key": env.text("SADUAK_S3_SECRET_KEY"),
            "default_acl": None,
            "querystring_auth": True,
        },
    }
else:
    _evidence = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA / "files"), "file_permissions_mode": 0o600},
    }
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(DATA / "files")}},
    "evidence": _evidence,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CLAMD = env.text("SADUAK_CLAMD", "")  # host:port or a socket path; empty where ClamAV is not installed
FILE_LIMIT_BYTES = 20 * 1024 * 1024
EVIDENCE_QUOTA_BYTES = env.number("SADUAK_EVIDENCE_QUOTA_MB", 1000) * 1024 * 1024  # all files of one application
INCOMING = env.text(
    "SADUAK_INCOMING", str(DATA / "incoming")
)  # unfinished uploads; shared by all servers of an instance
ERASE_AFTER_DAYS = env.number("SADUAK_ERASE_AFTER_DAYS", 90)  # files that nothing refers to are kept so long
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_HANDLERS = [
    "saduak.files.uploading.LimitHandler",  # before Django's own: keeps no more of a file than the limit
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# The key that signs certificates (P-256, PEM); without one, a demonstration key in the data folder signs and says so.
SIGNING_KEY = env.text("SADUAK_SIGNING_KEY", "")
SIGNING_CERT = env.text("SADUAK_SIGNING_CERT", "")
SIGNING_PASSWORD = env.text("SADUAK_SIGNING_PASSWORD", "")
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [
    ("tabler", NODE_MODULES / "@tabler/core/dist"),
    ("htmx", NODE_MODULES / "htmx.org/dist"),
    ("sarabun", NODE_MODULES / "@fontsource/sarabun"),
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600

# --- people and sign-in ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["saduak.people.sign_in.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "saduak.people.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # nobody signs up: an invitation has proved the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[สะดวก Saduak] "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody has us write to addresses that we do not know
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = (
    {} if TESTING else {"login": "60/m/ip", "login_failed": "10/5m/key,40/5m/ip", "reset_password": "20/m/ip,5/m/key"}
)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Saduak"

# --- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
USE_I18N = True
LOCALE_PATHS = [ROOT / "saduak" / "config" / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

# --- mail, jobs, log --------------------------------------------------------------------------------------------------
if env.text("SADUAK_SMTP_HOST", ""):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = env.text("SADUAK_SMTP_HOST")
    EMAIL_PORT = env.number("SADUAK_SMTP_PORT", 587)
    EMAIL_HOST_USER = env.text("SADUAK_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = env.text("SADUAK_SMTP_PASSWORD", "")
    EMAIL_TIMEOUT = 20  # seconds; a mail server that hangs must not stop the worker
    EMAIL_USE_TLS = env.flag("SADUAK_SMTP_TLS", True)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = env.text("SADUAK_MAIL_FROM", "saduak@example.go.th")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

# --- what a page may load ----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# HSTS for this host alone: whether every subdomain speaks HTTPS is for the owner of the domain to know.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
