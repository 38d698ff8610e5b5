"""Who reads a thing: acts of release, of taking back, and what is refused."""

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base import search
from serai.base.access import Denied
from serai.base.models import AuditEntry, Message
from serai.members import queries as members
from serai.members.models import AudienceChange
from serai.programme import actions, queries
from serai.programme.actions import Refused

pytestmark = pytest.mark.django_db
NOON = make.NOON


def national(audience="secretariat", home="members", **fields):
    return make.milestone(
        make.initiative("home", audience=home), audience=audience, country=people.member("GEO"),
        **fields,
    )  # fmt: skip


def change(thing, audience, by, *, reason="", consent_by=None):
    return actions.change_readers(
        thing=thing, audience=audience, reason=reason, by=by, now=NOON, consent_by=consent_by
    )


def test_a_national_milestone_goes_to_the_members_with_its_focal_point_s_consent():
    row = national()
    focal = people.person_with("focal_point", "GEO")
    reader, coordinator = people.viewer_with("committee", "UZB"), people.viewer_with("coordinator")
    before = queries.milestones(reader, make.NOON.date())

    change(row, "members", coordinator, consent_by=focal.pk)

    row.refresh_from_db()
    act = AudienceChange.objects.get()
    assert (act.thing, act.from_audience, act.to_audience, act.member.iso3) == (
        f"programme.milestone:{row.pk}", "secretariat", "members", "GEO",
    )  # fmt: skip
    assert (act.by_id, act.consent_by, act.at) == (coordinator.person_id, focal, NOON)
    assert (before, [r.id for r in queries.milestones(reader, make.NOON.date())]) == ([], [row.pk])
    letter = Message.objects.get()
    assert (letter.key, letter.person) == (
        f"members.audience_changed:{act.pk}:{focal.pk}", focal,
    )  # fmt: skip
    shown = members.audience_changes(members.viewer_of(focal, NOON), people.member("GEO"))
    assert [(one.title, one.to_audience) for one in shown] == [("Milestone 1", "members")]
    line = AuditEntry.objects.get(verb="change_readers")
    assert (line.before, line.after) == ({"audience": "secretariat"}, {"audience": "members"})


def test_without_consent_or_with_another_s_nothing_is_released():
    row, coordinator = national(), people.viewer_with("coordinator")
    other = people.person_with("focal_point", "UZB")

    with pytest.raises(Refused, match="second consent is missing") as refused:
        change(row, "members", coordinator)
    with pytest.raises(Denied):
        change(row, "members", coordinator, consent_by=other.pk)

    row.refresh_from_db()
    assert (refused.value.field, row.audience) == ("consent", "secretariat")
    assert AudienceChange.objects.count() == 0


def test_nobody_releases_what_they_entered():
    author = people.person_with("coordinator")
    home = make.initiative("home", audience="secretariat", recorded_by=author)

    with pytest.raises(Denied):
        change(home, "members", members.viewer_of(author, NOON))
    change(home, "members", people.viewer_with("coordinator"))

    home.refresh_from_db()
    assert home.audience == "members"


def test_the_public_reads_with_a_second_coordinator_s_consent():
    home = make.initiative("home", audience="members")
    one, two = people.person_with("coordinator", "home"), people.person_with("coordinator")
    by = members.viewer_of(one, NOON)

    with pytest.raises(Refused, match="their own release"):
        change(home, "public", by, consent_by=one.pk)
    with pytest.raises(Denied):
        change(home, "public", by, consent_by=people.person_with("officer").pk)
    change(home, "public", by, consent_by=two.pk)

    home.refresh_from_db()
    assert home.audience == "public"


@pytest.mark.parametrize("role", ["officer", "focal_point", "administrator"])
def test_others_do_not_release_an_initiative(role):
    home = make.initiative("home", audience="secretariat")

    with pytest.raises(Denied):
        change(home, "members", people.viewer_with(role))


def test_taking_back_says_why():
    home, coordinator = make.initiative("home"), people.viewer_with("coordinator")

    with pytest.raises(Refused, match="Say why it is taken back") as refused:
        change(home, "secretariat", coordinator, reason=" ")
    change(home, "secretariat", coordinator, reason="Too early")

    home.refresh_from_db()
    assert (refused.value.field, home.audience) == ("reason", "secretariat")
    assert AudienceChange.objects.get().reason == "Too early"


@pytest.mark.parametrize(
    ("make_thing", "audience", "sentence"),
    [
        (lambda: make.initiative(), "public", "This is who reads it already."),
        (
            lambda: make.initiative(),
            "country",
            "The secretariat reads it at least.",
        ),
        (lambda: make.milestone(), "country", "Only a country is to read it"),
        (lambda: make.milestone(), "organisation", "Only its owner is to read it"),
        (lambda: national(home="secretariat"), "members", "Fewer people read its initiative."),
        (lambda: make.meeting(audience="members"), "country", "The secretariat reads it at least."),
        (
            lambda: make.meeting(make.initiative(audience="members"), audience="members"),
            "public",
            "Fewer people read its initiative.",
        ),
        (
            lambda: make.report_paper(make.item(make.meeting(audience="members"))).item.meeting,
            "public",
            "Fewer people may read a report on its agenda.",
        ),
        (
            lambda: make.paper(make.item(make.meeting(audience="secretariat"))),
            "public",
            "Fewer people know of its meeting.",
        ),
    ],
)
def test_what_cannot_be(make_thing, audience, sentence):
    thing = make_thing()
    before = thing.audience

    with pytest.raises(Refused, match=sentence):
        change(thing, audience, people.viewer_with("coordinator"), reason="So")

    thing.refresh_from_db()
    assert thing.audience == before


def test_a_meeting_is_released_with_what_stands_on_it():
    meeting = make.meeting(state="held", audience="secretariat", title="Harbour")
    make.decision(meeting, "Lighthouse")
    make.agree(meeting)
    reader, coordinator = people.viewer_with("committee", "UZB"), people.viewer_with("coordinator")
    before = search.search(reader, "lighthouse", "en")

    change(meeting, "members", coordinator)

    assert (before, [r.id for r in queries.meetings(reader)]) == ([], [meeting.pk])
    assert [hit.title for hit in search.search(reader, "lighthouse", "en")] == [
        "SOM-2021-06/D1: Lighthouse"
    ]
    act = AudienceChange.objects.get()
    assert (act.thing, act.title, act.to_audience) == (
        f"programme.meeting:{meeting.pk}", "Harbour", "members",
    )  # fmt: skip


def test_nobody_releases_a_paper_they_handed_in():
    author = people.person_with("coordinator")
    item = make.item(make.meeting(audience="members"))
    file = make.stored_file(received_by=author)
    paper = make.paper(item, file_id=file.pk, audience="secretariat")

    with pytest.raises(Denied):
        change(paper, "members", members.viewer_of(author, NOON))
    change(paper, "members", people.viewer_with("coordinator"))

    paper.refresh_from_db()
    assert paper.audience == "members"


def test_the_readers_of_a_report_on_an_agenda_stay():
    paper = make.report_paper(make.item(make.meeting(audience="members")), readers="public")

    with pytest.raises(Denied):
        change(paper, "members", people.viewer_with("coordinator"), reason="So")
