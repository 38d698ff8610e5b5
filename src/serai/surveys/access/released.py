"""Who reads single answers that a country has let out."""

from serai.base.access import Viewer, rule
from serai.members.access import may_see_thing
from serai.surveys.models import Release
from serai.surveys.states import ReleaseOf, ReleaseStep


@rule("Read single answers that countries have released", roles=("visitor", "signed-in"))
def may_see_released(viewer: Viewer, release: Release) -> bool:
    """Admit the audience its country consented to, until it takes that back; no visitor to samples."""
    if release.of != ReleaseOf.ANSWERS or release.state != ReleaseStep.CONSENTED:
        return False
    if release.sample and not viewer.is_signed_in:
        return False
    initiative = release.wave.survey.initiative
    return may_see_thing(
        viewer, audience=release.audience, initiative=initiative.code if initiative else None
    )
