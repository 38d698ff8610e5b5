"""Settings for the test suite: quick, closed to the network, with every pseudo-language."""

import os
import tempfile
from pathlib import Path

import polib
from django.utils.translation import to_locale

os.environ.setdefault("SERAI_DATA", tempfile.mkdtemp(prefix="serai-test-"))
os.environ.setdefault("SERAI_SECRET_KEY", "test-" * 12)
os.environ.setdefault("SERAI_LANGUAGES", "en,ru,fa,xx,xx-rtl")

from serai.config import env
from serai.config.settings import *  # noqa: F403
from serai.config.settings import DATA_DIR, LOCALE_PATHS, PACKAGE, STORAGES

DATABASES = {"default": env.database(env.text("DATABASE_URL"), DATA_DIR, pool=False)}
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True


def pseudo_catalogues(folder: Path) -> None:
    """Make the pseudo-languages: every marked sentence in brackets, so that bare ones show."""
    source = PACKAGE / "locale" / "ru" / "LC_MESSAGES" / "django.po"
    made_before = folder / to_locale("xx-rtl") / "LC_MESSAGES" / "django.mo"
    if made_before.exists() and made_before.stat().st_mtime > source.stat().st_mtime:
        return
    marked = polib.pofile(str(source))
    for code in ("xx", "xx-rtl"):
        made = polib.POFile()
        made.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        for entry in marked:
            words = polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid)
            if entry.msgid_plural:
                words.msgid_plural = entry.msgid_plural
                words.msgstr_plural = {0: f"[{entry.msgid}]", 1: f"[{entry.msgid_plural}]"}
            else:
                words.msgstr = f"[{entry.msgid}]"
            made.append(words)
        place = folder / to_locale(code) / "LC_MESSAGES"
        place.mkdir(parents=True, exist_ok=True)
        made.save_as_mofile(str(place / "django.mo"))


pseudo_catalogues(DATA_DIR / "pseudo")
LOCALE_PATHS = [*LOCALE_PATHS, DATA_DIR / "pseudo"]
