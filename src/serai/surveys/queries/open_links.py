"""The open link of a round: what stands behind it, why it is shut, how many came in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from serai.base.access import NotFound
from serai.base.days import plain_day
from serai.members.queries import token_hash
from serai.surveys.models import Response, Wave
from serai.surveys.queries.days import programme_clock, wave_ends_at
from serai.surveys.states import HANDED, SurveyKind, SurveyState, WaveState

OPEN_KINDS = frozenset({SurveyKind.FEEDBACK, SurveyKind.APPLICATION})
"""What may be answered by whoever has the link."""
MOST_OPEN = 5_000
"""How many responses one link takes: more is a program, not people."""


@dataclass(frozen=True)
class CameIn:
    """How many answered by the open link: begun, and handed in."""

    begun_count: int
    handed_count: int


def may_be_open(wave: Wave) -> bool:
    """Tell whether a round may have an open link: nobody is named who would sign."""
    return wave.survey.kind in OPEN_KINDS and not wave.survey.has_signature


def wave_by_open_link(token: str) -> Wave:
    """Return the round of an open link.

    Raises:
        NotFound: the link is wrong, ended or replaced.
    """
    rows = Wave.objects.select_related("survey__initiative", "version")
    found = rows.filter(open_token_hash=token_hash(token)).first()
    if found is None:
        raise NotFound("There is no such link.")
    return found


def why_shut(wave: Wave, now: datetime) -> str:
    """Say why nobody can begin through the open link now; "" where they can."""
    today = now.astimezone(programme_clock()).date()
    if wave.survey.state != SurveyState.OPEN or wave.state == WaveState.CLOSED:
        return _("It is closed: nothing more can be handed in. Thank you for coming.")
    if wave.state == WaveState.PLANNED or wave.opens_on > today:
        return _("It is not open yet. It opens on %(day)s.") % {"day": plain_day(wave.opens_on)}
    if wave_ends_at(wave, []) <= now:
        return _("It is closed since %(day)s: nothing more can be handed in.") % {
            "day": plain_day(wave.due_on)
        }
    return ""


def came_in(wave: Wave) -> CameIn:
    """Return how many answer without being asked by name; one query."""
    handed = Q(state__in=[state.value for state in HANDED])
    mine = Q(invitation=None) | Q(invitation__organisation=None, invitation__subject="")
    found = Response.objects.filter(mine, wave=wave).aggregate(
        begun=Count("pk"), handed=Count("pk", filter=handed)
    )
    return CameIn(found["begun"], found["handed"])
