"""What organisations say of platforms: permitted, with approval or forbidden; the latest holds."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.calc.readiness.ladder import Sensitivity
from serai.readiness import access
from serai.readiness.actions.acts import Refused, note_audit
from serai.readiness.models import PlatformPolicy
from serai.readiness.queries.policies import Place, latest_words, platform_names
from serai.readiness.states import PolicyWord

if TYPE_CHECKING:
    from serai.members.models import Organisation


@transaction.atomic
def say_policies(
    *, organisation: "Organisation", words: Mapping[Place, str], source: str, by: Viewer,
    now: datetime,
) -> list[PlatformPolicy]:  # fmt: skip
    """Record an organisation's word by platform and sensitivity; what is unchanged is left.

    Raises:
        Refused: for a platform that is not in the table in use.
    """
    require(access.may_say_policy, by, organisation)
    known = platform_names()
    stands = latest_words(organisation.pk)
    made = []
    for (platform, sensitivity), word in words.items():
        if platform not in known:
            raise Refused(_("There is no platform “%(code)s”. Choose one of the table.")
                          % {"code": platform})  # fmt: skip
        if stands.get((platform, sensitivity)) == word:
            continue
        row = PlatformPolicy.objects.create(
            organisation=organisation, platform=platform,
            sensitivity=Sensitivity(sensitivity).value, word=PolicyWord(word).value,
            source=source.strip(), at=now, by_id=by.person_id, sample=by.is_sample,
        )  # fmt: skip
        note_audit("say_policy", row, by=by, now=now, after={"platform": platform, "word": word})
        made.append(row)
    return made
