"""What an action leaves behind."""

import pytest

from serai.base.access import ANONYMOUS, Denied, Viewer
from serai.members.actions.records import actor


def test_actor_is_the_person_who_acts():
    assert actor(Viewer(person_id=7)) == 7


def test_a_visitor_acts_on_nothing():
    with pytest.raises(Denied):
        actor(ANONYMOUS)
