"""Documents as web pages and as one HTML file."""

from serai.base.html.file import html_file
from serai.base.html.sections import SECTION_BYTES, Section, sections

__all__ = ["SECTION_BYTES", "Section", "html_file", "sections"]
