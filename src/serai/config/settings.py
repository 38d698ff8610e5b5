"""Settings of one installation. Every value has a plain default; `.env.example` names them all."""

import sys
from pathlib import Path

from csp.constants import NONE, SELF

from serai.config import env

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent

MODE = env.choice("SERAI_MODE", "trial", ("trial", "production"))
PRODUCTION = MODE == "production"
DATA_DIR = Path(env.text("SERAI_DATA", str(ROOT / "data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = env.secret_key(DATA_DIR, production=PRODUCTION)
ALLOWED_HOSTS = env.hosts("SERAI_HOSTS", production=PRODUCTION)
SITE_ADDRESS = env.site_address("SERAI_ADDRESS", ALLOWED_HOSTS, production=PRODUCTION)
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
TRUSTED_PROXIES = env.number("SERAI_TRUSTED_PROXIES", 1 if PRODUCTION else 0)
ROOT_URLCONF = "serai.config.urls"
WSGI_APPLICATION = "serai.config.wsgi.application"

INSTALLED_APPS = [
    "serai.base",
    "serai.members",
    "serai.programme",
    "serai.surveys",
    "serai.reports",
    "serai.home",
    "serai.setup",
    "serai.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "serai.base.middleware.RequestFrame",
    "serai.base.logs.AccessLog",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "serai.base.middleware.PackedPages",
    "serai.base.middleware.PlainErrors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "serai.config.middleware.ViewerMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["serai.base.templatetags.serai"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "serai.base.pages.frame",
            ],
        },
    }
]

FORM_RENDERER = "serai.base.forms.widgets.Renderer"
DATABASES = {
    "default": env.database(env.text("DATABASE_URL"), DATA_DIR, pool="test" not in sys.argv[:2])
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "serai_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
if env.text("SERAI_MOVE_TO"):  # where `./serai move --to URL` carries everything
    DATABASES["target"] = env.database(env.text("SERAI_MOVE_TO"), DATA_DIR, pool=False)
FILES_DIR = DATA_DIR / "files"
MEDIA_ROOT = FILES_DIR

AUTH_USER_MODEL = "members.Person"
AUTHENTICATION_BACKENDS = ["serai.config.accounts.SignIn"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "members:sign_in"
LOGIN_REDIRECT_URL = "home:page"

LANGUAGE_CODE = "en"
OFFERED_LANGUAGES = env.words("SERAI_LANGUAGES", "en,ru")
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGES = env.languages(OFFERED_LANGUAGES, LOCALE_PATHS[0])
RIGHT_TO_LEFT = env.right_to_left(OFFERED_LANGUAGES, LOCALE_PATHS[0])
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_ENGINE = "serai.base.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "serai.base.errors.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"

OIDC_PROVIDERS = env.oidc_providers()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *(p.origin for p in OIDC_PROVIDERS)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
BODY_MAX_BYTES = 64 * 1024 * 1024  # three full files and their form
FILE_UPLOAD_HANDLERS = [
    "serai.base.uploads.CappedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

JOBS_BROKER = env.text("SERAI_BROKER")
TASKS = {
    "default": {
        "BACKEND": env.jobs_backend(JOBS_BROKER),
        "QUEUES": ["default", "mail", "documents"],
    }
}

MAIL = env.mail_server()
MAIL_FROM = env.sender("SERAI_MAIL_FROM", "Serai <noreply@localhost>")
AUDIT_MAIL = env.addresses("SERAI_AUDIT_MAIL")  # who keeps the daily head of the audit chain
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # mail leaves by base.mail alone

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 1_800
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_TIMEOUT = 1_800
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_ADAPTER = "serai.config.accounts.AccountAdapter"
MFA_ADAPTER = "serai.config.accounts.MfaAdapter"
SOCIALACCOUNT_ADAPTER = "serai.config.accounts.SocialAccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [p.app for p in OIDC_PROVIDERS]}}
SOCIALACCOUNT_ONLY = False

HEALTH_TOKEN = env.text("SERAI_HEALTH_TOKEN")
METRICS_DIR = env.text("PROMETHEUS_MULTIPROC_DIR")
BACKUP_DIR = Path(env.text("SERAI_BACKUPS", str(DATA_DIR / "backups"))).resolve()
LOGGING_CONFIG = None  # base.logs sets up JSON lines in config.wsgi and the worker
PRESET = env.text("SERAI_PRESET", "carec")
FONT_DIRS = [Path(p) for p in env.words("SERAI_FONT_DIRS")]

env.stop_if_wrong()
