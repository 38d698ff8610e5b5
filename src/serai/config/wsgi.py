"""The door of the web server: `granian --interface wsgi serai.config.wsgi:application`."""

import gc
import os

# What is read at start lives as long as the process: looking through it for garbage again and
# again costs a quarter of the start, and later of every page.
gc.disable()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from serai.base.logs import set_up  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serai.config.settings")
set_up()
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  every room's doors, before the first visitor stands there
gc.collect()
gc.freeze()
gc.enable()
