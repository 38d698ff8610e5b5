"""Who reads results, and what was frozen of them for others."""

from typing import Protocol

from serai.base.access import Viewer, rule
from serai.members.access import may_see_thing
from serai.surveys.access.managing import may_export
from serai.surveys.models import Figure, Wave


class OfWave(Protocol):
    """A thing of one wave."""

    @property
    def wave(self) -> Wave: ...


@rule(
    "Read the results of a wave; an expert, of the members they advise",
    roles=("officer", "coordinator", "expert"),
)
def may_see_results(viewer: Viewer, wave: Wave) -> bool:
    """Admit its officers, and experts of its initiative; each answer is asked anew."""
    return may_export(viewer, wave)


@rule(
    "Read all answers to one question of a wave; an expert, of the members they advise",
    roles=("officer", "coordinator", "expert"),
)
def may_see_question(viewer: Viewer, of: OfWave) -> bool:
    """Admit whoever reads the results; each answer is asked anew."""
    return may_see_results(viewer, of.wave)


@rule("Read a figure that was frozen for an audience", roles=("visitor", "signed-in"))
def may_see_figure(viewer: Viewer, figure: Figure) -> bool:
    """Admit its audience; visitors never see a sample."""
    if figure.sample and not viewer.is_signed_in:
        return False
    initiative = figure.wave.survey.initiative
    return may_see_thing(
        viewer, audience=figure.audience, initiative=initiative.code if initiative else None
    )
