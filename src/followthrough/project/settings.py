"""The whole configuration: one file, read from the environment, refused with a sentence."""

import os
from pathlib import Path

from followthrough.project import environment

ROOT = Path(__file__).resolve().parents[3]
env = environment.Environment(os.environ)
VAR = Path(env.text("VAR_DIR", str(ROOT / "var"))).absolute()
SITE = env.site()
HTTPS = SITE.scheme == "https"

DEBUG = env.yes("DEBUG")
DATABASES = {"default": environment.database(env.text("DATABASE_URL"), var=VAR)}
EMBEDDED = DATABASES["default"]["ENGINE"] == environment.SQLITE
SECRET_KEY = environment.secret_key(env.text("SECRET_KEY"), var=VAR, alone=EMBEDDED)
NAME_KEY = environment.name_key(env.text("NAME_KEY"), var=VAR, alone=EMBEDDED, secret=SECRET_KEY)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
if SITE.hostname and SITE.hostname not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(SITE.hostname)

INSTALLED_APPS = [
    "followthrough.ledger",
    "followthrough.worker",
    "followthrough.web",  # before allauth: our pages win over its own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "followthrough.project.headers.SafeHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "followthrough.web.cleaned.Cleaned",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "followthrough.web.gate.MemberMiddleware",
    "followthrough.web.demo.door.DemoMiddleware",
    "followthrough.web.tongue.TongueMiddleware",
    "followthrough.web.undo.LastUndo",
    "followthrough.web.palette.recent.Recent",
    "followthrough.web.offline.sending.SentLater",
]
MESSAGE_STORAGE = "followthrough.web.undo.Told"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "followthrough.web.account.outbox.outbox",
                "followthrough.web.account.profile.theme",
                "followthrough.web.rail.rail",
            ],
        },
    }
]
ROOT_URLCONF = "followthrough.project.urls"
WSGI_APPLICATION = "followthrough.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- words and time -----------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# ---- static files ---------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ---- who may come in --------------------------------------------------------------
AUTH_USER_MODEL = "ledger.User"
AUTHENTICATION_BACKENDS = ["followthrough.web.account.session.Knows"]
SESSION_ENGINE = "followthrough.web.account.session"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    }
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "followthrough.web.account.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "followthrough.web.account.doors.SignIn",
    "reauthenticate": "followthrough.web.account.doors.SureItIsYou",
    "change_password": "followthrough.web.account.doors.NewPassword",
    "reset_password": "followthrough.web.account.doors.Forgotten",
    "reset_password_from_key": "followthrough.web.account.doors.AnotherPassword",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# The administrator who invites vouches for the address; the first member owns the machine.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,5/5m/key", "login": "60/m/ip",
    "form": "10/m/ip,120/m/key",  # of ours, for anybody; the key is the form's
    "mailbox_trial": "10/10m/key",  # the key is the member who tries
    "signed_wrongly": "60/m/key",  # so often it is written down, for each connection
}  # fmt: skip
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)
MFA_FORMS = {
    "authenticate": "followthrough.web.account.doors.SixFigures",
    "activate_totp": "followthrough.web.account.doors.TurnOnApp",
    "add_webauthn": "followthrough.web.account.doors.AddPasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Followthrough"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow it on localhost alone

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [f"{SITE.scheme}://{SITE.netloc}"] if SITE.netloc else []
if HTTPS and ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ---- what may be brought in at once -------------------------------------------------------
DATA_UPLOAD_MAX_NUMBER_FILES = 300
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 << 10  # what is larger waits on the disk, as many as they are

# ---- mail of the house itself (passwords); the team's own mail goes through channels -----
_mail = environment.mail(env.text("EMAIL_URL"), var=VAR)
globals().update(_mail)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "MAIL_FROM", environment.sender_at(SITE.hostname or "")
)

# Whether mailboxes may lie inside the house: private addresses ("house"), also this machine and
# without encryption ("machine", for trying things out), or neither.
MAIL_INSIDE = env.one_of("MAIL_INSIDE", ("", "house", "machine"))
if MAIL_INSIDE == "machine":  # so may a provider at whose page one signs in
    os.environ.setdefault("OAUTHLIB_INSECURE_TRANSPORT", "1")
# The same for a language model that a team may name: off, unless whoever runs this allows it.
MODEL_INSIDE = env.one_of("MODEL_INSIDE", ("", "house", "machine"))
# The same for what is called outside: the address that hears whether all is well ("house"), and in
# tests a push service on this machine ("machine").
WEB_INSIDE = env.one_of("WEB_INSIDE", ("", "house", "machine"))

# ---- one line per fault ---------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"one_line": {"()": "followthrough.project.one_line.OneLine"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "one_line"}},
    "root": {"handlers": ["out"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["out"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
