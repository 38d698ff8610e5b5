"""What each viewer reads: by the filter, by the rule for one thing, by keys."""

import pytest
from django.db.models import CharField, Value
from tests.factories import members as make

from serai.base.access import ANONYMOUS
from serai.members import access
from serai.members.models import Organisation
from serai.members.queries import viewer_of
from serai.members.states import Audience, Role

pytestmark = pytest.mark.django_db
ROLES = [role.value for role in Role]


def thing_read_by(audience: str, agency: Organisation) -> set[str]:
    """Return which roles read a thing of an agency of Georgia in Virtual CAREC."""
    viewers = {
        name: make.viewer_with(name) for name in ROLES if name not in {"lead", "contributor"}
    }
    viewers |= {
        "lead": make.viewer_with("lead", agency),
        "contributor": make.viewer_with("contributor", agency),
        "other agency": make.viewer_with("lead", make.organisation(country="UZB")),
        "other country": make.viewer_with("focal_point", "UZB"),
        "other initiative": make.viewer_with("officer", "startup-hub"),
        "own initiative": make.viewer_with("officer", "virtual-carec"),
        "other expert": make.viewer_with("expert", "virtual-carec:UZB"),
        "visitor": ANONYMOUS,
    }
    facts = {"iso3": "GEO", "organisation_id": agency.pk, "initiative": "virtual-carec"}
    return {
        name
        for name, viewer in viewers.items()
        if access.may_see_thing(viewer, audience=audience, **facts)
    }


def test_may_see_thing_by_audience():
    agency = make.organisation()
    own = {"lead", "contributor"}
    country = own | {"focal_point", "deputy"}
    secretariat = country | {"officer", "coordinator", "expert", "own initiative"}
    members = secretariat | {"committee", "other agency", "other country", "other initiative"}
    everybody = members | {
        "partner", "participant", "administrator", "other expert", "visitor",
    }  # fmt: skip

    read = [thing_read_by(audience, agency) for audience in Audience]

    assert read == [own, country, secretariat, members, everybody]


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("initiative", ["virtual-carec", None])
def test_visible_agrees_with_may_see_thing(audience, initiative):
    agency = make.organisation()
    viewers = [make.viewer_with(name) for name in ROLES] + [
        make.viewer_with("lead", agency),
        make.viewer_with("officer", "virtual-carec"),
        make.viewer_with("expert", "virtual-carec:UZB"),
        ANONYMOUS,
    ]
    shown = Value(initiative, output_field=CharField(null=True))
    rows = Organisation.objects.annotate(audience=Value(audience.value), initiative_code=shown)
    facts = {"audience": audience, "iso3": "GEO", "organisation_id": agency.pk}

    by_filter = [
        rows.filter(
            access.visible(
                viewer, country="member__iso3", organisation="id", initiative="initiative_code"
            ),
            pk=agency.pk,
        ).exists()
        for viewer in viewers
    ]

    assert by_filter == [
        access.may_see_thing(viewer, initiative=initiative, **facts) for viewer in viewers
    ]


def test_audience_keys_open_to_the_same_viewers():
    agency = make.organisation()
    viewers = [make.viewer_with(name) for name in ROLES] + [make.viewer_with("lead", agency)]
    facts = {"iso3": "GEO", "organisation_id": agency.pk, "initiative": "virtual-carec"}

    for audience in Audience:
        keys = access.audience_keys(audience=audience, **facts)
        assert [bool(keys & viewer.keys) for viewer in viewers] == [
            access.may_see_thing(viewer, audience=audience, **facts) for viewer in viewers
        ]


def test_shared_by_name_opens_one_thing():
    partner = make.person_with("partner")
    agency = partner.grants.get().organisation
    make.share("members.organisation:7", access.organisation_key(agency.pk))
    viewer = viewer_of(partner, make.NOON)

    assert access.may_see_thing(viewer, audience="country", thing="members.organisation:7") is True
    assert access.may_see_thing(viewer, audience="country", thing="members.organisation:8") is False
