"""An assessment report's offices: answered, tested, scored, confirmed, advised."""

from tests.factories import assessing as make
from tests.factories import members as people

from serai.readiness.actions import score_assessment, take_in_answers
from serai.readiness.models import Assessment, Framework

NOON = make.NOON
DAY = NOON.date()


def scored_office(*, country: str = "GEO", runs: int = 4, says=None, **answered) -> Assessment:
    """An office of a new agency with cleared answers and tests, scored by an officer."""
    if not Framework.objects.filter(state="in_use").exists():
        make.framework()
    place = people.organisation(country=country)
    response = make.answered(answered.pop("of", None), says, organisation=place, **answered)
    found = take_in_answers(response_id=response.pk, now=NOON)
    if runs:
        make.runs(found.office, runs)
    return score_assessment(assessment=found, by=people.viewer_with("officer"), now=NOON)


def confirmed_office(**fields) -> Assessment:
    """The same, confirmed at noon, its advice put before the agency."""
    found = scored_office(**fields)
    found.recommendations.update(state="proposed")
    move(found, "confirmed", confirmed_at=NOON)
    return found


def move(found: Assessment, state: str, **fields) -> Assessment:
    """Put an assessment at a state."""
    for name, value in {"state": state, **fields}.items():
        setattr(found, name, value)
    found.save()
    return found
