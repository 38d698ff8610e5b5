"""To whom letters go, and what waits for whom on a day."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.programme import actions
from serai.programme.actions import Due
from serai.programme.queries import letters
from serai.programme.queries.letters import KeeperDigest, Recipient

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
LATER = datetime(2021, 7, 20, 12, tzinfo=UTC)
NOON, STAFF = make.NOON, make.STAFF


@pytest.fixture
def home():
    people.member("GEO")
    people.member("UZB")
    return make.initiative("home")


def ids(recipients):
    return [one.person_id for one in recipients]


def kept(home, keeper=None):
    home.keeper = keeper or people.person()
    home.save(update_fields=["keeper"])
    return home.keeper


def recipient(person):
    return Recipient(person.pk, person.email, person.full_name, person.language)


# ---------------------------------------------------------------- to whom
def test_participants_come_as_they_were_listed(home):
    meeting = make.meeting(home)
    first, second = people.person(full_name="Nino", language="ru"), people.person()
    people.person()
    for one in (second, first):
        actions.invite(meeting=meeting, person_id=one.pk, by=STAFF, now=NOON)

    assert letters.participants(meeting) == (recipient(second), recipient(first))
    assert letters.participants(meeting, only=first.pk) == (
        Recipient(first.pk, first.email, "Nino", "ru"),
    )
    assert letters.participants(make.meeting()) == ()


@pytest.mark.parametrize(
    ("state", "is_written"),
    [("invited", True), ("active", True), ("paused", False), ("closed", False)],
)
def test_who_rests_or_has_left_is_not_written(home, state, is_written):
    person = people.person(state=state)
    meeting = make.meeting(home)
    actions.invite(meeting=meeting, person_id=person.pk, by=STAFF, now=NOON)
    kept(home, person)
    risk = make.risk(home, owner_id=person.pk)
    action = make.action_item(initiative=home, person_id=person.pk)

    found = [
        letters.participants(meeting), letters.keeper_of(home), letters.risk_owner(risk),
        letters.action_owners(action, NOON),
    ]  # fmt: skip

    assert found == [(recipient(person),) if is_written else ()] * 4


def test_an_action_s_owners_are_named_once_each(home):
    agency = people.organisation(country="UZB")
    both = people.person_with("focal_point", "GEO")
    people.grant("lead", to=both, organisation=agency)
    deputy = people.person_with("deputy", "GEO")
    people.person_with("committee", "GEO")
    people.person_with("focal_point", "UZB")
    action = make.action_item(
        initiative=home, person_id=both.pk, owner_id=agency.pk, countries=("GEO",)
    )

    assert ids(letters.action_owners(action, NOON)) == [both.pk, deputy.pk]


def test_a_grant_that_has_ended_is_written_no_letter(home):
    person = people.person_with("focal_point", "GEO")
    person.grants.update(until_on=date(2021, 6, 29))
    action = make.action_item(initiative=home, countries=("GEO",))

    assert letters.action_owners(action, NOON) == ()


def test_addressees_come_with_those_who_answer_for_them(home):
    agency = people.organisation(country="UZB")
    georgia = people.person_with("focal_point", "GEO")
    lead = people.person_with("lead", agency)
    request = make.ask(home, organisations=(agency.pk,))
    rows = list(request.addressees.order_by("id"))

    assert letters.addressees(request, NOON) == [
        (rows[0], (recipient(georgia),)), (rows[1], ()), (rows[2], (recipient(lead),)),
    ]  # fmt: skip
    georgian = request.addressees.select_related("country", "request__initiative").get(
        country__iso3="GEO"
    )
    actions.see_request(addressee=georgian, by=STAFF, now=NOON)
    assert len(letters.addressees(request, NOON, waiting=True)) == 3
    actions.answer_request(addressee=georgian, state="answered", by=STAFF, now=NOON)
    assert [row for row, _to in letters.addressees(request, NOON, waiting=True)] == rows[1:]


def test_coordinators_are_those_of_the_initiative(home):
    here = people.person_with("coordinator", "home")
    of_all = people.person_with("coordinator")
    people.person_with("coordinator", "elsewhere")
    people.person_with("officer", "home")
    ended = people.person_with("coordinator", "home")
    ended.grants.update(until_on=date(2021, 6, 29))
    row = make.milestone(home, "22 June 2021")

    assert letters.approvers(make.proposal(row, "2023"), NOON) == (
        recipient(here), recipient(of_all),
    )  # fmt: skip


def test_what_is_kept_to_itself_is_approved_by_the_focal_point_or_the_lead(home):
    agency = people.organisation(country="GEO")
    focal = people.person_with("focal_point", "GEO")
    lead = people.person_with("lead", agency)
    people.person_with("focal_point", "UZB")
    people.person_with("deputy", "GEO")
    people.person_with("contributor", agency)
    people.person_with("lead", people.organisation(country="GEO"))
    people.person_with("coordinator")

    to = {
        audience: letters.approvers(
            make.proposal(
                make.milestone(
                    home, "22 June 2021", audience=audience, country=people.member("GEO"),
                    owner=agency,
                ),
                "2023",
            ),
            NOON,
        )
        for audience in ("country", "organisation")
    }  # fmt: skip

    assert to == {"country": (recipient(focal),), "organisation": (recipient(lead),)}


def test_who_proposed_is_not_told_of_what_was_taken_back_from_them(home):
    officer = people.viewer_with("officer")
    row = make.milestone(home, "22 June 2021", country=people.member("GEO"))
    plan = actions.propose_plan(
        milestone=row, words="2022", reason="staffing", by=officer, now=NOON
    )
    assert ids(letters.proposer(plan, NOON)) == [officer.person_id]

    row.audience = "country"
    row.save(update_fields=["audience"])

    assert letters.proposer(plan, NOON) == ()


@pytest.mark.parametrize("audience", ["country", "organisation"])
def test_what_a_country_or_agency_keeps_to_itself_is_in_no_letter_to_the_secretariat(
    home, audience
):
    keeper = kept(home, people.person_with("officer", "home"))
    people.person_with("coordinator")
    row = make.milestone(
        home, "22 June 2021", audience=audience, country=people.member("GEO"),
        owner=people.organisation(country="GEO"),
    )  # fmt: skip

    assert letters.approvers(make.proposal(row, "2023"), NOON) == ()
    assert letters.keeper_who_reads(row, NOON) == ()
    assert letters.keeper_digests(D, NOON) == []
    shown = make.milestone(home, "23 June 2021", audience="secretariat")
    assert letters.keeper_who_reads(shown, NOON) == (recipient(keeper),)
    assert [row.number for row in letters.keeper_digests(D, NOON)[0].parts[0].rows] == [2]


def test_one_person_or_nobody_keeps_owns_and_proposes(home):
    row = make.milestone(home, "22 June 2021")
    officer = people.viewer_with("officer")
    mine = actions.propose_plan(
        milestone=row, words="2022", reason="staffing", by=officer, now=NOON
    )
    risk = make.risk(home)

    assert (letters.keeper_of(home), letters.risk_owner(risk)) == ((), ())
    assert letters.proposer(make.proposal(row, "2023"), NOON) == ()
    assert ids(letters.proposer(mine, NOON)) == [officer.person_id]
    keeper = kept(home)
    risk.refresh_from_db()
    assert letters.risk_owner(risk) == letters.keeper_of(home) == (recipient(keeper),)
    owner = people.person()
    assert letters.risk_owner(make.risk(home, owner_id=owner.pk)) == (recipient(owner),)


# ---------------------------------------------------------------- what waits
def test_each_keeper_s_digest_lists_what_presses_by_initiative(home):
    keeper = kept(home)
    other = make.initiative("other", keeper=keeper)
    make.initiative("quiet", keeper=people.person())
    make.milestone(make.initiative("nobody's"), "22 June 2021")
    for words in ("22 June 2021", "end of June 2021", "30 July 2021", "31 July 2021", ""):
        make.milestone(home, words)
    make.completion(make.milestone(home, "1 June 2021"), "1 June 2021")
    make.milestone(other, "22 June 2021")

    (digest,) = letters.keeper_digests(D, NOON)

    assert isinstance(digest, KeeperDigest)
    assert digest.recipient == recipient(keeper)
    assert [(part.initiative.code, [r.number for r in part.rows]) for part in digest.parts] == [
        ("home", [1, 2, 3]), ("other", [1]),
    ]  # fmt: skip


def test_a_closed_initiative_presses_nobody():
    one = make.initiative("closed", state="closed", keeper=people.person())
    make.milestone(one, "22 June 2021")

    assert letters.keeper_digests(D, NOON) == []


def test_a_keeper_who_has_left_gets_no_digest(home):
    kept(home, people.person(state="closed"))
    make.milestone(home, "22 June 2021")

    assert letters.keeper_digests(D, NOON) == []


def test_open_actions_come_soonest_due_first(home):
    late = make.action_item("Late", initiative=home, countries=("GEO",), due=Due(date(2021, 9, 1)))
    soon = make.action_item("Soon", initiative=home, countries=("GEO",), due=Due(date(2021, 7, 1)))
    make.action_item("No day", initiative=home, countries=("GEO",))
    done = make.action_item("Done", initiative=home, countries=("GEO",), due=Due(D))
    actions.finish_action(action=done, by=STAFF, now=NOON)

    assert letters.open_actions(D) == [soon, late]
    assert letters.open_actions(date(2020, 12, 31)) == []


def test_reviews_are_due_on_the_day_their_latest_review_named(home):
    named = make.risk(home, review_on=D)
    make.risk(home, review_on=date(2021, 7, 1))
    make.risk(home)
    put_off = make.risk(home, review_on=date(2021, 6, 1))
    actions.review_risk(
        risk=put_off, probability=1, impact=1, review_on=date(2021, 9, 1), by=STAFF, now=NOON
    )
    over = make.risk(home, review_on=date(2021, 6, 1))
    actions.review_risk(risk=over, probability=1, impact=1, by=STAFF, now=NOON)
    closed = make.risk(home, review_on=date(2021, 6, 1))
    actions.move_risk(risk=closed, state="closed", reason="Over", by=STAFF, now=NOON)

    assert letters.reviews_due(D) == [(named, D)]
    assert letters.reviews_due(date(2021, 9, 1))[-1] == (put_off, date(2021, 9, 1))
    assert letters.reviews_due(date(2020, 12, 31)) == []


def test_flags_end_after_their_day_and_are_told_once(home):
    def flag(expires_on):
        return actions.raise_flag(
            milestone=make.milestone(home), level="at_risk", reason="x", expires_on=expires_on,
            by=STAFF, now=NOON,
        )  # fmt: skip

    second, first = flag(date(2021, 7, 2)), flag(date(2021, 7, 1))
    flag(date(2021, 7, 20))

    assert letters.flags_ended(date(2021, 7, 1)) == []
    assert letters.flags_ended(date(2021, 7, 20)) == [first, second]
    actions.expire_flags(now=LATER)
    assert letters.flags_ended(date(2021, 7, 20)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_takes_a_fixed_number_of_queries(home, count, django_assert_num_queries):
    for _n in range(count):
        make.action_item(initiative=home, countries=("GEO",), due=Due(D))
        make.risk(home, review_on=D)

    with django_assert_num_queries(4):
        waiting = len(letters.open_actions(D)), len(letters.reviews_due(D))

    assert waiting == (count, count)
