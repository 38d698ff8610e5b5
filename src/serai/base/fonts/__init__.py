"""The fonts documents are set in: which, in what order, and what they cannot write."""

from serai.base.fonts.coverage import Missing, characters_of, missing_glyphs
from serai.base.fonts.shelf import FOLDER, font_files, installed_fonts_hash

__all__ = [
    "FOLDER",
    "Missing",
    "characters_of",
    "font_files",
    "installed_fonts_hash",
    "missing_glyphs",
]
