"""Who may see what of the installation itself."""

import pytest
from tests.factories.members import person_with

from serai.base.access import Viewer
from serai.home import access
from serai.members.queries import viewer_of
from serai.members.states import Role

pytestmark = pytest.mark.django_db
MAY = {
    "may_see_status": {"administrator"},
    "may_read_audit": {"administrator", "coordinator"},
    "may_run_job_again": {"administrator"},
    "may_send_again": {"administrator"},
}


def asked(name: str, viewer: Viewer) -> bool:
    rule = getattr(access, name)
    return rule(viewer) if name in {"may_see_status", "may_read_audit"} else rule(viewer, object())


@pytest.mark.parametrize("name", MAY)
def test_who_may(name, noon):
    allowed = {role.value for role in Role if asked(name, viewer_of(person_with(role), noon))}

    assert allowed == MAY[name]
    assert asked(name, Viewer()) is False
