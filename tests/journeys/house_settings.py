"""The settings people run Serai with, and the pseudo-languages of the suite."""

from serai.config.settings import STORAGES as REAL_STORAGES
from serai.config.settings_test import *  # noqa: F403

STORAGES = REAL_STORAGES
WHITENOISE_AUTOREFRESH = False
