"""Who reads an answer that was let out: by audience, step and kind of release."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS
from serai.surveys import access
from serai.surveys.models import Release
from serai.surveys.states import ReleaseOf, ReleaseStep

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("of", ReleaseOf)
@pytest.mark.parametrize("state", ReleaseStep)
@pytest.mark.parametrize(
    "audience", ["organisation", "country", "secretariat", "members", "public"]
)
def test_only_a_consent_to_single_answers_opens_them(of, state, audience):
    row = Release(wave=make.wave(), of=of, state=state, audience=audience)
    readers = (ANONYMOUS, people.viewer_with("committee", "MNG"))

    found = [access.may_see_released(one, row) for one in readers]

    is_open = (of, state) == (ReleaseOf.ANSWERS, ReleaseStep.CONSENTED)
    assert found == [
        is_open and audience == "public",
        is_open and audience in {"members", "public"},
    ]
