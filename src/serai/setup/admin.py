"""What the room puts on the repair bench: which presets were loaded."""

from django.utils.translation import gettext_lazy as _

from serai.base.bench import Shelf
from serai.setup.models import PresetLoad

SHELVES = (Shelf(PresetLoad, _("Presets loaded"), ("name", "sha256", "loaded_at")),)
