"""Documents as Word files."""

from serai.base.word.write import docx

__all__ = ["docx"]
