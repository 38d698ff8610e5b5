"""Single answers for others: a coordinator asks countries to let chosen ones be read as they are."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.members.states import Audience
from serai.surveys import access
from serai.surveys.actions.acts import Refused, actor
from serai.surveys.actions.releasing import ReleaseAsked, ask_each, check_asking
from serai.surveys.models import Release, Wave
from serai.surveys.queries.released import showable, showable_countries
from serai.surveys.states import ReleaseOf, ReleaseStep


@transaction.atomic
def ask_answers(
    *,
    wave: Wave,
    paths: Sequence[str],
    countries: Collection[int],
    to: Audience,
    reason: str,
    by: Viewer,
    now: datetime,
) -> ReleaseAsked:
    """Ask countries that their cleared answers to some questions be read by others, one by one.

    Raises:
        Refused: nothing to let out, a country that has not answered the last asking, or nobody
            who could consent.
    """
    require(access.may_coordinate, by, wave)
    known = {one.path for one in showable(wave)}
    chosen = [path for path in dict.fromkeys(paths) if path in known]
    check_asking(chosen, to, reason)
    asked = [one for one in showable_countries(wave) if one[0] in countries]
    if not asked:
        raise Refused(_("Choose at least one country."), "countries")
    waiting = Release.objects.filter(
        wave=wave, of=ReleaseOf.ANSWERS, state=ReleaseStep.ASKED
    ).values_list("country_id", flat=True)
    if names := ", ".join(name for number, name in asked if number in set(waiting)):
        raise Refused(
            _("%(names)s: an earlier asking waits there. It is answered first.") % {"names": names},
            "countries",
        )
    pattern = Release(
        wave=wave, of=ReleaseOf.ANSWERS.value, paths=chosen, wanted=to.value,
        asked_by_id=actor(by), asked_at=now, sample=wave.sample or by.is_sample,
    )  # fmt: skip
    return ask_each(pattern, asked, reason=reason, by=by, now=now)
