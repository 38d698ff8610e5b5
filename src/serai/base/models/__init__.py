"""Models of the base, and the abstract ones every room builds on."""

from serai.base.models.dated import Dated
from serai.base.models.marks import PublicId, Sampled, new_public_id
from serai.base.models.translated import TranslatedField

__all__ = ["Dated", "PublicId", "Sampled", "TranslatedField", "new_public_id"]
