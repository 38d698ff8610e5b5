"""The door of the web server: `granian --interface wsgi serai.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from serai.base.logs import set_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serai.config.settings")
set_up()
application = get_wsgi_application()
