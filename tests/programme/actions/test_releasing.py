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
from serai.programme.actions import Refused, finding

pytestmark = pytest.mark.django_db
NOON = make.NOON


def national(audience="secretariat", home="members", **fields):
    return make.milestone(
        make.initiative("home", audience=home), audience=audience, country=people.member("GEO"),
        **fields,
    )  # fmt: skip


def change(thing, audience, by, *, reason=""):
    return actions.change_readers(thing=thing, audience=audience, reason=reason, by=by, now=NOON)


def test_a_national_milestone_waits_for_its_focal_point_and_goes_to_the_members_with_their_word():
    row = national()
    focal = people.person_with("focal_point", "GEO")
    deputy = people.person_with("deputy", "GEO")
    reader, coordinator = people.viewer_with("committee", "UZB"), people.viewer_with("coordinator")
    finding.index_milestone(row, NOON)

    proposal = change(row, "members", coordinator, reason="They ask for it")
    row.refresh_from_db()
    assert (row.audience, queries.milestones(reader, NOON.date())) == ("secretariat", [])
    assert (AudienceChange.objects.count(), search.search(reader, "milestone", "en")) == (0, [])
    consent(proposal, focal)

    row.refresh_from_db()
    act = AudienceChange.objects.get()
    assert (act.thing, act.from_audience, act.to_audience, act.member.iso3) == (
        f"programme.milestone:{row.pk}", "secretariat", "members", "GEO",
    )  # fmt: skip
    assert (act.by_id, act.consent_by, act.at) == (coordinator.person_id, focal, NOON)
    assert row.audience == "members"
    assert [r.id for r in queries.milestones(reader, NOON.date())] == [row.pk]
    assert len(search.search(reader, "milestone", "en")) == 1
    told = Message.objects.get(key__startswith="members.audience_changed")
    assert told.person == deputy
    shown = members.audience_changes(members.viewer_of(focal, NOON), people.member("GEO"))
    assert [(one.title, one.to_audience) for one in shown] == [("Milestone 1", "members")]
    line = AuditEntry.objects.get(verb="change_readers")
    assert (line.before, line.after, line.by) == (
        {"audience": "secretariat"}, {"audience": "members"}, focal.pk,
    )  # fmt: skip


def consent(proposal, person):
    return actions.consent_to_release(
        proposal=proposal, by=members.viewer_of(person, NOON), now=NOON
    )


def test_without_the_focal_point_s_own_word_nothing_is_released():
    row, coordinator = national(), people.viewer_with("coordinator")
    other = people.person_with("focal_point", "UZB")

    with pytest.raises(Refused, match="no other focal point") as refused:
        change(row, "members", coordinator, reason="So")
    people.person_with("focal_point", "GEO")
    proposal = change(row, "members", coordinator, reason="So")
    for stranger in (other, people.person_with("coordinator")):
        with pytest.raises(Denied):
            consent(proposal, stranger)

    row.refresh_from_db()
    assert (refused.value.field, row.audience) == ("reason", "secretariat")
    assert AudienceChange.objects.count() == 0


def test_what_has_narrowed_meanwhile_is_not_released_by_consent():
    row, coordinator = national(), people.viewer_with("coordinator")
    focal = people.person_with("focal_point", "GEO")
    proposal = change(row, "members", coordinator, reason="So")
    change(row, "country", members.viewer_of(focal, NOON), reason="Too early")

    with pytest.raises(Refused, match="It has changed since it was proposed"):
        consent(proposal, focal)

    row.refresh_from_db()
    assert row.audience == "country"


def test_what_its_initiative_no_longer_allows_is_not_released_by_consent():
    row, coordinator = national(), people.viewer_with("coordinator")
    focal = people.person_with("focal_point", "GEO")
    proposal = change(row, "members", coordinator, reason="So")
    change(row.initiative, "secretariat", coordinator, reason="Too early")

    with pytest.raises(Refused, match="Fewer people read its initiative"):
        consent(proposal, focal)

    row.refresh_from_db()
    assert row.audience == "secretariat"


def test_declined_and_withdrawn_releases_leave_the_thing_as_it_is():
    row, coordinator = national(), people.viewer_with("coordinator")
    focal = people.viewer_with("focal_point", "GEO")

    first = change(row, "members", coordinator, reason="So")
    with pytest.raises(Refused, match="Say why you decline"):
        actions.decline_release(proposal=first, note="", by=focal, now=NOON)
    actions.decline_release(proposal=first, note="Not yet", by=focal, now=NOON)
    second = change(row, "members", coordinator, reason="Now?")
    actions.withdraw_release(proposal=second, by=coordinator, now=NOON)
    with pytest.raises(Refused, match="answered or withdrawn already"):
        actions.withdraw_release(proposal=second, by=coordinator, now=NOON)

    row.refresh_from_db()
    assert (row.audience, AudienceChange.objects.count()) == ("secretariat", 0)


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

    proposal = change(home, "public", members.viewer_of(one, NOON), reason="It is agreed")
    for other in (one, people.person_with("officer"), people.person_with("coordinator", "away")):
        with pytest.raises(Denied):
            consent(proposal, other)
    home.refresh_from_db()
    assert home.audience == "members"
    consent(proposal, two)

    home.refresh_from_db()
    act = AudienceChange.objects.get()
    assert (home.audience, act.by, act.consent_by) == ("public", one, two)


@pytest.mark.parametrize("kind", ["meeting", "paper"])
def test_meetings_and_papers_wait_for_the_second_coordinator_too(kind):
    meeting = make.meeting(audience="members" if kind == "meeting" else "public")
    thing = meeting
    if kind == "paper":
        thing = make.paper(make.item(meeting), audience="members")
    second = people.person_with("coordinator")

    proposal = change(thing, "public", people.viewer_with("coordinator"), reason="So")
    waiting = type(thing).objects.get(pk=thing.pk).audience
    consent(proposal, second)

    assert (waiting, type(thing).objects.get(pk=thing.pk).audience) == ("members", "public")


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
