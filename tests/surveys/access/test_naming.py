"""Who lets somebody read: lead and focal point, once it is cleared."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories.programme import programme

from serai.surveys import access
from serai.surveys.models import Response
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    programme()
    return fresh_response(offices.narrow().pk)


def test_nobody_is_named_before_it_is_cleared(found):
    Response.objects.filter(pk=found.pk).update(cleared_through=0, state="signed")

    focal = people.viewer_with("focal_point", "GEO")

    assert access.may_let_read(focal, fresh_response(found.pk)) is False


def test_its_lead_and_focal_point_let_and_nobody_else(found):
    lead = people.viewer_with("lead", found.invitation.organisation)
    others = [people.viewer_with("officer"), people.viewer_with("focal_point", "UZB")]

    assert access.may_let_read(lead, found)
    assert access.may_let_read(people.viewer_with("focal_point", "GEO"), found)
    assert not any(access.may_let_read(one, found) for one in others)
