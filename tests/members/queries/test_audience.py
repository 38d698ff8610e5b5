"""What others see of a country."""

import pytest
from tests.factories import members as make

from serai.base.access import NotFound
from serai.members import queries
from serai.members.queries import PLUGS, AudienceThing
from serai.members.states import Audience

pytestmark = pytest.mark.django_db


def thing(name: str, audience: Audience) -> AudienceThing:
    return AudienceThing(f"programme.note:{name}", name, f"/{name}/", audience)


def test_audience_things_come_from_every_room_the_widest_first(monkeypatch):
    rooms = [
        lambda viewer, iso3: [thing(f"b {iso3}", Audience.COUNTRY)],
        lambda viewer, iso3: [thing("c", Audience.PUBLIC), thing("a", Audience.COUNTRY)],
    ]
    monkeypatch.setattr(PLUGS, "audience_things", rooms)

    found = queries.audience_things(make.viewer_with("focal_point"), make.member().iso3)

    assert [one.title for one in found] == ["c", "a", "b GEO"]


@pytest.mark.parametrize(("role", "count"), [("focal_point", 1), ("deputy", 1), ("coordinator", 0)])
def test_shares_are_for_those_who_act_for_the_country(role, count):
    make.share("programme.note:1", "organisation:1", member=make.member())

    assert len(queries.shares(make.viewer_with(role), make.member())) == count


def test_share_of_another_country_is_missing():
    share = make.share("programme.note:1", "organisation:1", member=make.member("UZB"))

    with pytest.raises(NotFound):
        queries.share(make.viewer_with("focal_point", "GEO"), share.public_id)
