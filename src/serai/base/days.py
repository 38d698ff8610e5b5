"""Days in the reader's notation."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import pgettext


def plain_day(moment: date, *, year: bool = True) -> str:
    """Return a day in words: 30 June 2021, or 30 June where the year is plain."""
    if not year:
        # Translators: a day and its month; E is the month as it stands beside a day.
        return date_format(moment, pgettext("pattern of a day", "j E"))
    # Translators: a whole date; j is the day, E the month as it stands beside a day, Y the year.
    # Letters that are no pattern need a backslash; a language adds here what it sets by a year.
    return date_format(moment, pgettext("pattern of a day", "j E Y"))
