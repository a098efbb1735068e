"""What holds under every setting. Each other file says what it changes and why."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from mingle.embedded import database_settings

BASE_DIR = Path(__file__).resolve().parents[3]
DATA_DIR = Path(os.environ.get("MINGLE_DATA_DIR", BASE_DIR / ".data"))

DATABASES = {"default": database_settings(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "mingle",
    "pages",
    "schools",
    "events",
    "organisations",
    "diversity",
    "images",
    "places",
    "accounts",
    "design",
    "jobs",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "organisations.people_app.PeopleConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "modelsearch",
    "taggit",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mingle.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.Gate",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "organisations.wall.middleware.Wall",
]

ROOT_URLCONF = "mingle.urls"
WSGI_APPLICATION = "mingle.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "design.templatetags.design",
            ],
        },
    }
]

FORM_RENDERER = "design.renderer.FormRenderer"

AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # looks for unique=True; ours is a constraint, unique whatever the letters' case
    "security.W019",  # wants no frames at all; the editor shows previews in a frame of its own page
]
AUTHENTICATION_BACKENDS = ["accounts.backend.Backend"]  # allauth's; a person comes with what pages ask
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_start"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "add_email": "accounts.forms.NewAddressForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "reauthenticate": "accounts.forms.PasswordAgainForm",
    "confirm_email_verification_code": "accounts.forms.MailedCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True  # a link would close the way to people with a second factor
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True  # one address each: a new one takes the old one's place once it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever's account changes hears of it
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an address changes, as before a second factor does
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MFA_ADAPTER = "accounts.adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.FirstCodeForm",
    "add_webauthn": "accounts.forms.NewPasskeyForm",
    "edit_webauthn": "accounts.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # phones' clocks differ; `accounts.forms` takes each code once all the same
MFA_TOTP_ISSUER = "Mingle"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Writes only: reading is never counted. By account first, so that nobody is guessed at. A whole school, or a
# hall full of clubs on the evening when the site is shown to them, sits behind one address.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,600/h/ip,5/5m/key,50/d/key",
    "signup": "100/m/ip,500/d/ip",
    "reset_password": "60/m/ip,5/h/key",
    "reset_password_from_key": "60/m/ip",
    "confirm_email": "3/m/key,10/h/key",
    "change_password": "10/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = len(LANGUAGES) > 1  # with one, every page would ask what it is translated into
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES  # in another, the CMS would lead to addresses that are not there
LOCALE_PATHS = [BASE_DIR / "site" / "mingle" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "mingle.formats"  # dates in boxes are British: 24/03/2027
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "design.stylesheets.StylesheetFinder",  # css/site.css, put together from its parts
]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mingle.static_files.StaticFiles"},
}

# A database cache is shared by every worker, so that limits count once and not once a worker.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "mingle_cache",
        # Django throws away what still counts beyond 300: whoever tried 300 names could start again.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Wagtail looks up cuts of pictures here: their own table answers in one query, a cache there in four.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_USE_SESSIONS = True
MESSAGE_STORAGE = "accounts.spoken.InTheSession"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"

WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_SITE_NAME = "Mingle"
WAGTAILIMAGES_IMAGE_MODEL = "images.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "images.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 6 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "images.documents.DocumentForm"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # passwords and addresses are allauth's affair alone
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""  # it would say the title of any page whose address is typed

# The address that calendars and mails carry; each deployment sets its own.
PUBLIC_ADDRESS = os.environ.get("MINGLE_ADDRESS", "http://localhost:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = PUBLIC_ADDRESS
# What concerns are sealed with: the first key writes, all of them read. Each kind of settings gives its own.
CONCERN_KEYS: list[str] = []
DEFAULT_FROM_EMAIL = os.environ.get("MINGLE_MAIL_FROM", "Mingle <hello@mingle.example>")
DEMO = False

# Where the map's tiles come from, https://tiles.example/{z}/{x}/{y}.png, and whom it thanks. Without them
# the map asks nobody and lies on our own ground of postcodes.
TILES = os.environ.get("MINGLE_TILES", "")
TILES_CREDIT = os.environ.get("MINGLE_TILES_CREDIT", "")
