"""Settings for the test suite: quick, closed to the network, with every pseudo-language."""

import os
import tempfile

os.environ.setdefault("SERAI_DATA", tempfile.mkdtemp(prefix="serai-test-"))
os.environ.setdefault("SERAI_SECRET_KEY", "test-" * 12)
os.environ.setdefault("SERAI_LANGUAGES", "en,ru,fa,xx,xx-rtl")

from serai.config import env
from serai.config.settings import *  # noqa: F403
from serai.config.settings import DATA_DIR, STORAGES

DATABASES = {"default": env.database(env.text("DATABASE_URL"), DATA_DIR, pool=False)}
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
