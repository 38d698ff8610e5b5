"""Colours for figures that leave the page: a file has no style sheet to look them up in.

First version by the "documents" engineer: passes the picture through. The owner of the charts
replaces the body; the name and the types stay.
"""


def with_attributes(svg: str) -> str:
    """Give every mark of a chart its light colours as attributes."""
    return svg
