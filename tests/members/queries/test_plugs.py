"""What higher floors plug in is empty until they do."""

from serai.base.access import ANONYMOUS
from serai.members.queries import Plugs


def test_plugs_are_empty_at_first():
    plugs = Plugs()

    assert (plugs.initiatives(ANONYMOUS), plugs.audience_things, plugs.todos) == ([], [], [])
