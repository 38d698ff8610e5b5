"""What each first page shows of the reader's own, and of nobody else's."""

from datetime import date, timedelta

import pytest
from tests.factories import programme as make
from tests.factories.members import member, organisation, person_with, share
from tests.factories.reports import NOON

from serai.home import queries
from serai.members.queries import viewer_of
from serai.programme import actions
from serai.programme.queries import Book

pytestmark = pytest.mark.django_db
STAFF = make.STAFF


def viewer(role: str, scope=None):
    return viewer_of(person_with(role, scope), NOON)


def said(rows, name: str = "text") -> list[str]:
    return [queries.said(getattr(row, name)) for row in rows]


def country(who):
    book = Book(who, NOON)
    return queries.country_part(book, queries.home_page(book))


def assigned(who):
    return queries.assigned_part(who, queries.home_page(Book(who, NOON)), NOON)


def test_a_focal_point_sees_the_countrys_actions_papers_and_agencies():
    member("GEO"), member("KAZ")
    organisation("Agency of Georgia")
    organisation("Agency of Kazakhstan", country="KAZ")
    make.action_item("Georgia shares", countries=("GEO",), due=actions.Due(date(2021, 7, 9)))
    make.action_item("Kazakhstan shares", countries=("KAZ",))
    done = make.action_item("Done already", countries=("GEO",))
    focal = viewer("focal_point", "GEO")
    actions.finish_action(action=done, by=focal, now=NOON)
    row = make.meeting(starts_at=NOON + timedelta(days=1), ends_at=NOON + timedelta(days=2))
    make.paper(make.item(row), title="Progress report")
    for state in ("called", "papers_out"):
        actions.move_meeting(meeting=row, state=state, by=STAFF, now=NOON)

    found = country(focal)

    assert said(found.actions) == ["Georgia shares"]
    assert said(found.papers, "title") == ["Progress report"]
    (georgia,) = found.countries
    assert (georgia.iso3, said(georgia.organisations, "names")) == ("GEO", ["Agency of Georgia"])
    assert queries.is_sample(found) is False


def test_a_focal_points_country_counts_what_others_see():
    member("GEO")
    home = make.initiative("home")
    make.milestone(home, country=member("GEO"), audience="members")
    make.milestone(home, country=member("GEO"), audience="country")
    make.milestone(home, country=member("KAZ"), audience="members")

    (georgia,) = country(viewer("deputy", "GEO")).countries

    assert (georgia.seen_count, georgia.organisations) == (1, ())


def test_a_committee_member_acts_for_no_country():
    make.action_item("Georgia shares", countries=("GEO",)) if member("GEO") else None

    found = country(viewer("committee", "GEO"))

    assert (found.countries, found.actions) == ((), ())


def test_a_contributor_sees_what_was_sent():
    agency = organisation("Agency of Georgia")
    person = person_with("contributor", agency)
    who = viewer_of(person, NOON)
    item = make.action_item("Send the plan", owner_id=agency.pk, person_id=person.pk)
    assert queries.agency_part(who).receipts == ()

    actions.finish_action(action=item, by=who, now=NOON)

    found = queries.agency_part(who)
    assert [(queries.said(one.title), one.mark.word) for one in found.receipts] == [
        ("Send the plan", "Done")
    ]


def test_an_expert_sees_the_assigned_country_of_initiatives_that_are_open():
    make.initiative("virtual-carec", name=make.TranslatedText.of("Virtual CAREC"))
    make.initiative("hidden", audience="secretariat")
    member("GEO")
    expert = viewer("expert", "virtual-carec:GEO")
    elsewhere = viewer("expert", "hidden:GEO")

    (one,) = assigned(expert).assigned

    assert (one.code, queries.said(one.initiative), queries.said(one.member)) == (
        "virtual-carec", "Virtual CAREC", "Georgia",
    )  # fmt: skip
    assert assigned(elsewhere).assigned == ()


def test_a_partner_sees_own_milestones_until_they_are_done():
    home = make.initiative("home")
    partner = organisation("Partner", country=None, kind="international")
    make.milestone(home, "15 June 2021", owner=partner)
    make.completion(make.milestone(home, "15 June 2021", owner=partner), "15 June 2021")
    make.milestone(home, "15 June 2021", owner=organisation("Another", country=None))

    found = assigned(viewer("partner", partner))

    assert said(found.milestones, "name") == ["Milestone 1"]


def test_what_is_shared_by_name_until_its_day():
    partner = organisation("Partner", country=None, kind="international")
    key = f"organisation:{partner.pk}"
    share("programme.milestone:1", key, title="Until today", until_on=NOON.date())
    share("programme.milestone:2", key, title="Past", until_on=NOON.date() - timedelta(days=1))
    share("programme.milestone:3", key, title="Taken back", ended_at=NOON)
    share("programme.milestone:4", "organisation:0", title="Another's")

    found = assigned(viewer("partner", partner))

    assert [row.title for row in found.shares] == ["Until today"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_country_s_part_takes_five_queries_beside_the_page_s(count, django_assert_num_queries):
    member("GEO")
    for number in range(count):
        organisation(f"Agency {number}")
        make.action_item(f"Share {number}", countries=("GEO",))
        make.milestone(country=member("GEO"), audience="members")
    book = Book(viewer("focal_point", "GEO"), NOON)
    home = queries.home_page(book)

    with django_assert_num_queries(5):
        found = queries.country_part(book, home)

    assert (len(found.actions), found.countries[0].seen_count) == (count, count)


@pytest.mark.parametrize(("role", "scope"), [("expert", "virtual-carec:GEO"), ("partner", None)])
def test_an_assigned_part_takes_one_query_beside_the_page_s(role, scope, django_assert_num_queries):
    make.initiative("virtual-carec", audience="members")
    who = viewer(role, scope)
    home = queries.home_page(Book(who, NOON))

    with django_assert_num_queries(1):
        queries.assigned_part(who, home, NOON)
