"""Environment → settings. No business number lives here: those are data with a date.

Three modes, and the strictest one when nothing is said:

* `real` a real installation; refuses to start without its secrets, and nothing is simulated;
* `demo` an invented world on this machine; signs anyone in with one click, may move its clock;
* `test` the same code under pytest.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parents[2]


def text(name: str, default: str | None = None) -> str:
    """A setting in words. Raises ImproperlyConfigured if it is absent and has no default."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set; this mode ({MODE}) does not start without it.")
    return value


def number(name: str, default: int) -> int:
    """A setting that counts. Raises ImproperlyConfigured if it is not a whole number."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.")
    return int(value)


def flag(name: str, default: bool) -> bool:
    """A setting that is on or off. Raises ImproperlyConfigured on anything but yes or no."""
    value = os.environ.get(name) or ("yes" if default else "no")
    if value not in ("yes", "no"):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be yes or no.")
    return value == "yes"


MODE = os.environ.get("GGZY_MODE") or "real"
if MODE not in ("real", "demo", "test"):
    raise ImproperlyConfigured(f"GGZY_MODE is {MODE!r}; it must be real, demo or test.")
REAL, DEMO, TEST = MODE == "real", MODE == "demo", MODE == "test"
if DEMO and os.environ.get("GGZY_SECRET_KEY"):
    raise ImproperlyConfigured("GGZY_MODE is demo, but GGZY_SECRET_KEY is set: demo never meets production.")

SECRET_KEY = text(
    "GGZY_SECRET_KEY", None if REAL else f"{MODE}: nothing here is secret, the data is invented"
)
DEBUG = False
ALLOWED_HOSTS = text("GGZY_HOSTS", "localhost,127.0.0.1,[::1]" if REAL else "*").split(",")
HTTPS = flag("GGZY_HTTPS", REAL)

VAR = Path(text("GGZY_VAR", str(ROOT / "var"))).resolve()
WORLD = VAR / text("GGZY_WORLD", MODE)  # what belongs to one world never lies where another could read it
VAULT_DIR = WORLD / "vault"
SCRATCH_DIR = WORLD / "scratch"
ROOTS_DIR = Path(text("GGZY_ROOTS", str(WORLD / "roots")))  # the certificate authorities it accepts

# The centre that runs this platform (its code is part of every lot code), and the bank it collects with.
PLATFORM_CODE = text("GGZY_PLATFORM_CODE", None if REAL else "12990100000000019C")
PLATFORM_NAME = text("GGZY_PLATFORM_NAME", "江州市公共资源交易平台" if DEMO else "公共资源交易平台")
PLATFORM_HOST = text("GGZY_PLATFORM_HOST", "江州市公共资源交易中心" if DEMO else "公共资源交易中心")
PLATFORM_PHONE = text("GGZY_PLATFORM_PHONE", "12345")
PLATFORM_URL = text("GGZY_PLATFORM_URL", None if REAL else "http://localhost:8000").rstrip("/")
DEPOSIT_GATEWAY = text("GGZY_DEPOSIT_GATEWAY", None if REAL else "simulated_bank")
if REAL and DEPOSIT_GATEWAY == "simulated_bank":
    raise ImproperlyConfigured("GGZY_DEPOSIT_GATEWAY is simulated_bank, which moves no money; name another.")

# The journal: who speaks, with which algorithm, and where the signer listens ("" = inside this process).
SIMULATION = not REAL
DIGEST_ALGORITHM = text("GGZY_DIGEST", "sha256")
if DIGEST_ALGORITHM not in ("sha256", "sm3"):
    raise ImproperlyConfigured(f"GGZY_DIGEST is {DIGEST_ALGORITHM!r}; it must be sha256 or sm3.")
LOG_ORIGIN = text("GGZY_LOG_ORIGIN", f"ggzy.invalid/{WORLD.name}/journal/1/{DIGEST_ALGORITHM}")
SIGNER_SOCKET = "" if TEST else text("GGZY_SIGNER_SOCKET", str(WORLD / "signer.sock"))
SIGNER_STATE = Path(text("GGZY_SIGNER_STATE", str(WORLD / "signer")))

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    # In travelling order: the loop `follow` passes each fact to the apps in this order.
    "ggzy.foundation.ui",
    "ggzy.foundation.journal",
    "ggzy.foundation.vault",
    "ggzy.foundation.identity",
    "ggzy.registers.catalog",
    "ggzy.registers.parties",
    "ggzy.registers.credit",
    "ggzy.registers.experts",
    "ggzy.trading.projects",
    "ggzy.trading.notices",
    "ggzy.trading.deposits",
    "ggzy.trading.objections",
    "ggzy.trading.tendering",
    "ggzy.trading.auctions",
    "ggzy.trading.evaluation",
    "ggzy.trading.contracting",
    "ggzy.trading.dossier",
    "ggzy.oversight.powers",
    "ggzy.oversight.alerts",
    "ggzy.oversight.cases",
    "ggzy.service.portal",
    "ggzy.service.exchange",
    "ggzy.service.statistics",
    "ggzy.service.messages",
    "ggzy.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "ggzy.foundation.vault.views.UploadCap",
    *([] if TEST else ["whitenoise.middleware.WhiteNoiseMiddleware"]),
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ggzy.foundation.ui.errors.ErrorPages",
    "ggzy.foundation.identity.views.ActorMiddleware",
    "ggzy.desk.views.seats.NamedSeats",
]

ROOT_URLCONF = "ggzy.urls"
WSGI_APPLICATION = "ggzy.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": sorted((ROOT / "src" / "ggzy").glob("**/templates")),
        "OPTIONS": {"environment": "ggzy.foundation.ui.jinja.environment"},
    }
]
FORM_RENDERER = "django.forms.renderers.Jinja2"


def database(url: str) -> dict[str, object]:
    """A PostgreSQL address (postgresql://…) as Django wants it."""
    parts: dict[str, object] = dict(conninfo_to_dict(url))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "ggzy"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {**parts, "server_side_binding": True, "prepare_threshold": 3},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": "ggzy_test", "TEMPLATE": "template0"},
    }


# Under pytest the address is filled in when the first test asks for the database (tests/conftest.py).
DATABASES = {"default": database(text("DATABASE_URL", "postgresql:///ggzy" if TEST else None))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = WORLD / "static"
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# A large file comes as raw PUTs into the vault; a form carries fields and small attachments.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_PERMISSIONS = 0o600

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
PRESSES_PER_S = max(1, number("GGZY_PRESSES_PER_S", 5))  # of one paddle in an auction room
SECURE_SSL_REDIRECT = False  # the proxy in front speaks https; the health check behind it does not
BEHIND_PROXY = flag("GGZY_BEHIND_PROXY", False)  # then it names the visitor and says who spoke https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "ggzy.foundation.ui.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("GGZY_ORIGINS", "").split(",") if origin]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": text("GGZY_LOG_LEVEL", "WARNING")},
    "loggers": {
        "ggzy": {"level": text("GGZY_LOG_LEVEL", "INFO"), "propagate": True},
        "gunicorn.http.wsgi": {"level": "ERROR"},  # it warns of every HEAD, which Django answers like a GET
    },
}
