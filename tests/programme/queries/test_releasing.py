"""Where a thing may go, what of it takes a consent, and what waits for one."""

from dataclasses import replace

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import ANONYMOUS, NotFound
from serai.members import queries as members
from serai.members.models import ReleaseProposal
from serai.programme import actions, queries
from serai.programme.queries.releasing import proposed_thing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "scope", "expected"),
    [
        ("coordinator", None, ["secretariat", "members"]),
        ("coordinator", "elsewhere", []),
        ("officer", None, []),
    ],
)
def test_where_a_public_initiative_may_go(role, scope, expected):
    home = make.initiative("home")
    viewer = people.viewer_with(role, scope)

    assert list(queries.reader_choices(viewer, home).audiences) == expected


def test_a_country_s_milestone_goes_no_wider_than_its_initiative():
    row = make.milestone(
        make.initiative("home", audience="members"), audience="secretariat",
        country=people.member("GEO"),
    )  # fmt: skip
    focal = people.person_with("focal_point", "GEO", full_name="Focal")
    people.person_with("focal_point", "UZB")

    coordinator = queries.reader_choices(people.viewer_with("coordinator"), row)
    own = queries.reader_choices(members.viewer_of(focal, make.NOON), row)

    assert list(coordinator.audiences) == ["country", "members"]
    assert coordinator.asking == {"members"}
    assert (list(own.audiences), own.asking, own.is_own) == (["country"], frozenset(), False)


def test_the_public_takes_a_consent_and_the_members_none():
    home = make.initiative("home", audience="secretariat")

    found = queries.reader_choices(people.viewer_with("coordinator"), home)

    assert (list(found.audiences), found.asking) == (["members", "public"], {"public"})


def test_a_release_that_waits_is_shown_with_its_thing():
    home, other = make.initiative("home", audience="members"), make.initiative("other")
    by, second = people.viewer_with("coordinator"), people.viewer_with("coordinator")
    officer = people.viewer_with("officer")
    row = actions.change_readers(
        thing=home, audience="public", reason="It is agreed", by=by, now=make.NOON
    )

    waits = queries.WaitingRelease("public", row.public_id)
    assert (queries.waiting_of(second, home), queries.waiting_of(by, home)) == (waits, waits)
    assert (queries.waiting_of(officer, home), queries.waiting_of(second, other)) == (None, None)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("initiative", "/en/programme/initiatives/{0.code}/"),
        ("milestone", "/en/programme/milestones/{0.public_id}/"),
        ("meeting", "/en/programme/meetings/{0.public_id}/"),
        ("paper", "/en/programme/papers/{0.public_id}/"),
    ],
)
def test_the_page_of_what_is_proposed_is_for_whoever_may_read_it(kind, address):
    things = {
        "initiative": lambda: make.initiative(audience="secretariat"),
        "milestone": lambda: make.milestone(audience="secretariat"),
        "meeting": lambda: make.meeting(audience="secretariat"),
        "paper": lambda: make.paper(make.item(make.meeting()), audience="secretariat"),
    }
    thing = things[kind]()
    proposal = ReleaseProposal(thing=f"programme.{kind}:{thing.pk}")

    found = queries.proposed_page(people.viewer_with("coordinator"), proposal)

    assert found.name == (thing.title if kind in {"meeting", "paper"} else thing.name)
    assert (found.address, found.is_sample) == (address.format(thing), False)
    assert queries.proposed_page(ANONYMOUS, proposal) == replace(found, address="")


def test_what_is_gone_is_not_shown():
    with pytest.raises(NotFound):
        queries.proposed_page(ANONYMOUS, ReleaseProposal(thing="programme.milestone:0"))


def test_what_another_room_proposes_has_no_page_here():
    proposal = ReleaseProposal.objects.create(
        thing="surveys.release:1", title="First round", from_audience="secretariat",
        to_audience="members", reason="Why", proposed_by=people.person(), proposed_at=make.NOON,
    )  # fmt: skip

    with pytest.raises(NotFound):
        proposed_thing(proposal)
