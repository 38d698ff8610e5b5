"""Finding members and people by what doors and files call them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from serai.programme.actions.facts import Refused


def members(codes: Iterable[str]) -> list[Any]:
    """Return members in the order of the programme.

    Raises:
        Refused: naming the code nobody has.
    """
    wanted = sorted(set(codes))
    rows = list(apps.get_model("members.Member").objects.filter(iso3__in=wanted))
    unknown = set(wanted) - {row.iso3 for row in rows}
    if unknown:
        raise Refused(
            _("“%(code)s” is not a member of the programme. Use a code such as GEO.")
            % {"code": sorted(unknown)[0]}
        )
    return rows


def members_on(codes: Iterable[str], day: date) -> list[Any]:
    """Return those of them that can be asked on a day.

    Raises:
        Refused: naming the code nobody has, or whose membership was over.
    """
    rows = members(codes)
    for row in rows:
        if row.until_on is not None and row.until_on < day:
            raise Refused(
                _("%(name)s is no longer a member on that day and is not asked. Take it out.")
                % {"name": row},
                "countries",
            )
    return rows
