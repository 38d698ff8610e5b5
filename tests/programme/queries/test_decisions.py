"""Decisions and action items: what stands in a row, and who reads it on which day."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.programme import EVERY_KIND, MEMBER_KINDS, STAFF_KINDS

from serai.base.access import ANONYMOUS, NotFound
from serai.base.text import TranslatedText
from serai.programme import actions, queries
from serai.programme.actions import Due, Evidence
from serai.programme.queries import ActionRow, DecisionRow, Place
from serai.programme.queries.decisions import visible_decisions

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
LATER = datetime(2021, 7, 20, 12, tzinfo=UTC)


@pytest.fixture
def home():
    people.member("GEO")
    people.member("UZB")
    return make.initiative("home")


def adopted(home, text="Share the first draft.", *, audience="members", **fields):
    meeting = make.meeting(home, state="held", audience=audience)
    row = make.decision(meeting, text, **fields)
    make.agree(meeting)
    row.refresh_from_db()
    return row


# ---------------------------------------------------------------- decisions
def test_a_decision_s_row_says_all(home):
    decision = adopted(
        home, addressees=("UZB", "GEO"), to_secretariat=True,
        due=Due(date(2021, 8, 30), TranslatedText.of("end of August 2021")),
    )  # fmt: skip
    make.action_item("Open", decision=decision, countries=("GEO",))
    done = make.action_item("Done", decision=decision, countries=("GEO",))
    actions.finish_action(action=done, by=make.STAFF, now=make.NOON)

    assert queries.decisions(make.STAFF, D) == [
        DecisionRow(
            id=decision.pk,
            public_id=decision.public_id,
            number="SOM-2021-06/D1",
            text=TranslatedText.of("Share the first draft."),
            meeting="SOM-2021-06",
            meeting_title=TranslatedText.of("Senior Officials' Meeting"),
            meeting_id=decision.meeting.public_id,
            initiative="home",
            addressees=(
                Place("GEO", TranslatedText.of("Georgia")),
                Place("UZB", TranslatedText.of("Uzbekistan")),
            ),
            to_secretariat=True,
            due_on=date(2021, 8, 30),
            due_words=TranslatedText.of("end of August 2021"),
            state="adopted",
            adopted_on=make.EARLY,
            supersedes="",
            superseded_by="",
            action_count=2,
            open_action_count=1,
            known_from=make.EARLY,
            sample=False,
        )
    ]


def test_decisions_come_latest_meeting_first_and_of_one_meeting_alone(home):
    early = make.meeting(
        home, state="held", starts_at=datetime(2021, 3, 1, 6, tzinfo=UTC),
        ends_at=datetime(2021, 3, 1, 8, tzinfo=UTC),
    )  # fmt: skip
    late = make.meeting(home, state="held")
    for meeting in (early, late):
        make.decision(meeting, "One")
        make.decision(meeting, "Two")

    numbers = [row.number for row in queries.decisions(make.STAFF, D)]

    assert numbers == ["SOM-2021-06/D1", "SOM-2021-06/D2", "SOM-2021-03/D1", "SOM-2021-03/D2"]
    assert [row.number for row in queries.decisions(make.STAFF, D, meeting=early.pk)] == numbers[2:]


def test_without_meetings_there_are_no_decisions():
    assert queries.decisions(make.STAFF, D) == []
    assert queries.actions(make.STAFF, D) == []
    assert queries.decision_choices(make.STAFF) == []


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("public", EVERY_KIND), ("members", {*MEMBER_KINDS, "expert"}), ("secretariat", STAFF_KINDS)],
)
def test_an_adopted_decision_is_read_by_its_meeting_s_audience(home, audience, readers):
    everybody = make.viewers("home")
    decision = adopted(home, audience=audience)

    assert {who for who, v in everybody.items() if queries.decisions(v, D)} == readers
    assert {who for who, v in everybody.items() if queries.decision_choices(v)} == readers
    for who, viewer in everybody.items():
        if who in readers:
            assert queries.decision(viewer, decision.public_id) == decision
        else:
            with pytest.raises(NotFound):
                queries.decision(viewer, decision.public_id)


def test_a_draft_is_read_by_officers_and_delegates_alone(home):
    everybody = make.viewers("home")
    meeting = make.meeting(home, state="held", audience="public")
    delegate = people.viewer_with()
    actions.invite(meeting=meeting, person_id=delegate.person_id, by=make.STAFF, now=make.NOON)
    make.decision(meeting)
    everybody["delegate"] = delegate

    readers = {who for who, viewer in everybody.items() if queries.decisions(viewer, D)}

    assert readers == {*STAFF_KINDS, "delegate"}
    assert {who for who, v in everybody.items() if queries.decision_choices(v)} == set()


def test_a_draft_of_the_whole_programme_is_the_programme_s_officers(home):
    everybody = make.viewers("home")
    make.decision(make.meeting(state="held", audience="public"))

    readers = {who for who, viewer in everybody.items() if queries.decisions(viewer, D)}

    assert readers == {"secretariat"}


def test_a_public_decision_names_no_decision_of_a_closed_meeting(home):
    """One of the secretariat's meetings replaces it, and it replaced one of theirs."""
    inner = adopted(home, "Inner", audience="secretariat")
    shown = adopted(home, "Shown", audience="public", supersedes=inner)
    later = adopted(home, "Later", audience="secretariat", supersedes=shown)

    def names(viewer):
        (row,) = [r for r in queries.decisions(viewer, D) if r.number == shown.number]
        return row.supersedes, row.superseded_by, row.state

    assert names(make.STAFF) == (inner.number, later.number, "superseded")
    assert names(ANONYMOUS) == ("", "", "superseded")


def test_a_decision_counts_the_actions_its_reader_may_see(home):
    everybody = make.viewers("home")
    decision = adopted(home, audience="public")
    make.action_item("For all", decision=decision, countries=("UZB",), audience="public")
    make.action_item("Uzbekistan's", decision=decision, countries=("UZB",))

    counts = {who: queries.decisions(v, D)[0].action_count for who, v in everybody.items()}

    assert counts == dict.fromkeys(EVERY_KIND, 1) | dict.fromkeys(
        {*STAFF_KINDS, "other country"}, 2
    )


def test_before_it_was_adopted_a_decision_is_a_draft(home):
    meeting = make.meeting(home, state="held", audience="public")
    make.decision(meeting)
    actions.write_minutes(meeting=meeting, text="Agreed", by=make.STAFF, now=LATER)
    for state in ("minutes_draft", "minutes_agreed"):
        actions.move_meeting(meeting=meeting, state=state, by=make.STAFF, now=LATER)

    assert [(r.state, r.adopted_on) for r in queries.decisions(make.STAFF, D)] == [
        ("proposed", None)
    ]
    assert queries.decisions(ANONYMOUS, D) == []
    assert [(r.state, r.adopted_on) for r in queries.decisions(ANONYMOUS, LATER.date())] == [
        ("adopted", LATER.date())
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_decisions_take_five_queries(home, count, django_assert_num_queries):
    for _n in range(count):
        old = adopted(home, "Old")
        decision = adopted(home, addressees=("GEO",), supersedes=old)
        make.action_item(decision=decision, countries=("GEO",))

    officer = people.viewer_with("officer")

    with django_assert_num_queries(5):
        rows = queries.decisions(officer, D)

    assert len(rows) == 2 * count


# ---------------------------------------------------------------- actions
def test_an_action_s_row_says_all(home):
    agency = people.organisation("Agency of Georgia", country="GEO")
    person = people.person(full_name="Nino")
    decision = adopted(home)
    action = make.action_item(
        decision=decision, owner_id=agency.pk, person_id=person.pk, countries=("UZB", "GEO"),
        due=Due(date(2021, 6, 29)), audience="members",
    )  # fmt: skip
    for text in ("First", "Second"):
        actions.note_action(action=action, text=text, by=make.STAFF, now=make.NOON)

    assert queries.actions(people.viewer_of(person, make.NOON), D) == [
        ActionRow(
            public_id=action.public_id,
            text=TranslatedText.of("Share the draft"),
            decision="",
            initiative="home",
            initiative_name=home.name,
            owner=TranslatedText.of("Agency of Georgia"),
            person="Nino",
            countries=(
                Place("GEO", TranslatedText.of("Georgia")),
                Place("UZB", TranslatedText.of("Uzbekistan")),
            ),
            due_on=date(2021, 6, 29),
            due_words=TranslatedText(),
            state="open",
            is_overdue=True,
            evidence_link="",
            evidence_id=None,
            notes=("First", "Second"),
            known_from=make.EARLY,
            is_own=True,
            sample=False,
        )
    ]
    (row,) = queries.actions(make.STAFF, D)
    assert (row.decision, row.is_own, row.person) == (decision.number, False, "")


def test_actions_come_soonest_due_first_and_those_without_a_day_last(home):
    for text, due in (("None", None), ("Late", date(2021, 9, 1)), ("Soon", date(2021, 7, 1))):
        make.action_item(text, initiative=home, countries=("GEO",), due=Due(due))

    assert [str(row.text) for row in queries.actions(make.STAFF, D)] == ["Soon", "Late", "None"]


def test_actions_of_one_country(home):
    make.action_item("Both", initiative=home, countries=("GEO", "UZB"))
    make.action_item("Uzbekistan", initiative=home, countries=("UZB",))

    assert [str(r.text) for r in queries.actions(make.STAFF, D, country="GEO")] == ["Both"]
    assert queries.actions(make.STAFF, D, country="KAZ") == []


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", EVERY_KIND),
        ("members", {*MEMBER_KINDS, "expert"}),
        ("secretariat", {*STAFF_KINDS, "own country"}),
        ("organisation", {"own country"}),
    ],
)
def test_an_action_is_read_by_its_audience_and_its_owners(home, audience, readers):
    everybody = make.viewers("home")
    action = make.action_item(initiative=home, countries=("GEO",), audience=audience)

    assert {who for who, v in everybody.items() if queries.actions(v, D)} == readers
    for who, viewer in everybody.items():
        if who in readers:
            assert queries.action(viewer, action.public_id) == action
        else:
            with pytest.raises(NotFound):
                queries.action(viewer, action.public_id)
    own = {w for w, v in everybody.items() if any(r.is_own for r in queries.actions(v, D))}
    assert own == {"own country"}


def test_an_action_of_an_organisation_is_its_people_s(home):
    everybody = make.viewers("home")
    agency = people.organisation(country="UZB")
    everybody["agency"] = people.viewer_with("contributor", agency)
    make.action_item(initiative=home, owner_id=agency.pk)

    found = {who: rows[0].is_own for who, v in everybody.items() if (rows := queries.actions(v, D))}

    assert found == {"officer": False, "secretariat": False, "agency": True}


def test_a_released_action_names_no_person_to_the_public(home):
    person = people.person(full_name="Nino")
    make.action_item(initiative=home, person_id=person.pk, audience="public")
    everybody = make.viewers("home")

    named = {who for who, v in everybody.items() if queries.actions(v, D)[0].person == "Nino"}

    assert named == EVERY_KIND - {"public", "members' report"}


def test_the_number_of_a_decision_is_read_by_those_who_read_the_decision(home):
    everybody = make.viewers("home")
    decision = adopted(home, audience="secretariat")
    make.action_item(decision=decision, countries=("GEO",), audience="public")

    readers = {
        who for who, v in everybody.items() if queries.actions(v, D)[0].decision == decision.number
    }

    assert readers == STAFF_KINDS


def test_evidence_shows_from_the_day_it_was_done(home):
    action = make.action_item(
        initiative=home, countries=("GEO",), due=Due(date(2021, 6, 1)), audience="public"
    )
    actions.finish_action(
        action=action, evidence=Evidence(link="https://example.org/draft"), by=make.STAFF,
        now=LATER,
    )  # fmt: skip
    actions.note_action(action=action, text="Sent", by=make.STAFF, now=LATER)

    def read(day):
        (row,) = queries.actions(ANONYMOUS, day)
        return row.state, row.is_overdue, row.evidence_link, row.notes

    assert read(D) == ("open", True, "", ())
    assert read(LATER.date()) == ("done", False, "https://example.org/draft", ("Sent",))
    assert queries.actions(ANONYMOUS, date(2020, 12, 31)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_actions_take_one_query(home, count, django_assert_num_queries):
    for _n in range(count):
        action = make.action_item(initiative=home, countries=("GEO",), due=Due(D))
        actions.note_action(action=action, text="Sent", by=make.STAFF, now=make.NOON)

    with django_assert_num_queries(1):
        rows = queries.actions(make.STAFF, D)

    assert len(rows) == count


def test_what_sample_people_do_about_a_real_action_is_not_the_public_s():
    agency = people.organisation("Agency")
    row = make.action_item(initiative=make.initiative(), owner_id=agency.pk, audience="public")
    actions.note_action(action=row, text="A trial.", by=make.TRIAL, now=make.NOON)
    actions.finish_action(action=row, by=make.TRIAL, now=make.NOON)

    (staff,), (public,) = queries.actions(make.STAFF, D), queries.actions(ANONYMOUS, D)

    assert (staff.state, staff.notes, staff.sample) == ("done", ("A trial.",), True)
    assert (public.state, public.notes, public.sample) == ("open", (), False)
    assert staff.is_made_up is False


def test_a_decision_that_only_sample_people_adopted_is_not_the_public_s():
    meeting = make.meeting(make.initiative(), state="held", audience="public")
    decision = make.decision(meeting)
    actions.write_minutes(meeting=meeting, text="A trial.", by=make.STAFF, now=make.NOON)
    for state in ("minutes_draft", "minutes_agreed"):
        actions.move_meeting(meeting=meeting, state=state, by=make.TRIAL, now=make.NOON)

    (staff,) = queries.decisions(make.STAFF, D)

    assert (staff.state, staff.sample, staff.is_made_up) == ("adopted", True, False)
    assert queries.decisions(ANONYMOUS, D) == []
    assert list(visible_decisions(ANONYMOUS)) == []
    assert list(visible_decisions(make.STAFF)) == [decision]
    rows = [queries.meetings(who)[0] for who in (make.STAFF, ANONYMOUS)]
    assert [(row.state, row.decision_count, row.sample) for row in rows] == [
        ("minutes_agreed", 1, True), ("held", 0, False),
    ]  # fmt: skip
    page = queries.meeting_page(ANONYMOUS, queries.meeting(ANONYMOUS, meeting.public_id))
    assert str(page.minutes) == ""
