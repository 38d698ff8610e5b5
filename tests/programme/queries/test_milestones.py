"""Milestones as of a day: what a row says, who reads it, and what it does not give away."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.programme import EVERY_KIND, MEMBER_KINDS, STAFF_KINDS

from serai.base.access import ANONYMOUS, NotFound
from serai.base.shown import counted
from serai.base.text import TranslatedText
from serai.calc.schedule import (
    Forecast,
    Link,
    LinkKind,
    Precision,
    Slip,
    Standing,
    Status,
    Window,
    on_day,
)
from serai.programme import actions, queries
from serai.programme.actions import Told
from serai.programme.queries import FlagShown, MilestoneRow
from serai.programme.queries.milestones import slip_of

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
LATER = datetime(2021, 7, 20, 12, tzinfo=UTC)
STAFF, TRIAL = make.STAFF, make.TRIAL


@pytest.fixture
def home():
    return make.initiative("home")


def test_a_milestone_s_row_says_all(home):
    agency = people.organisation("Agency", country="GEO")
    first = make.milestone(home, "22 June 2021")
    row = make.milestone(
        home, "30 June 2021", owner=agency, country=people.member("GEO"), kind="event",
        audience="members",
    )  # fmt: skip
    actions.set_baseline(initiative=home, name="First", by=STAFF, now=make.NOON, told=make.told())
    plan = make.proposal(row, "10 July 2021", date(2021, 6, 20))
    actions.approve_plan(plan=plan, by=STAFF, now=make.NOON, told=make.told(date(2021, 6, 21)))
    make.proposal(row, "August 2021")
    actions.add_dependency(milestone=row, after=first, lag_days=14, by=STAFF, now=make.NOON)
    actions.raise_flag(
        milestone=row, level="attention", reason="Staff", expires_on=date(2021, 7, 30), by=STAFF,
        now=make.NOON,
    )  # fmt: skip

    found = queries.milestones(STAFF, D)

    link = Link(row.pk, first.pk, LinkKind.FINISH_START, 14)
    assert found[1] == MilestoneRow(
        id=row.pk,
        public_id=row.public_id,
        number=2,
        initiative="home",
        initiative_name=home.name,
        kind="event",
        name=TranslatedText.of("Milestone 2"),
        owner=TranslatedText.of("Agency"),
        owner_id=agency.pk,
        country="GEO",
        country_name=TranslatedText.of("Georgia"),
        audience="members",
        plan=on_day(date(2021, 7, 10), "10 July 2021"),
        plan_id=plan.public_id,
        words=TranslatedText.of("10 July 2021"),
        baseline=on_day(D, "30 June 2021"),
        completion=None,
        completion_words=TranslatedText(),
        standing=Standing(Status.DUE_SOON, 10),
        slip=Slip(10, 10, 10, False),
        forecast=Forecast(
            low=date(2021, 7, 14), high=date(2021, 7, 14), late_days=4,
            chain=(first.pk, row.pk), is_at_risk=True,
        ),
        chain=("1", "2"),
        links=(link,),
        baselines=((0, on_day(D, "30 June 2021")),),
        flag=FlagShown("attention", "Staff", date(2021, 7, 30), False),
        has_proposal=True,
        is_entered_later=True,
        plan_count=3,
        sample=False,
    )  # fmt: skip
    assert (found[1].after, found[1].status, found[1].is_at_risk) == (
        (first.pk,), Status.DUE_SOON, True,
    )  # fmt: skip


def test_milestones_come_by_initiative_and_number():
    second, first = make.initiative("b", order=2), make.initiative("a", order=1)
    for of in (second, first):
        make.milestone(of)
        make.milestone(of)

    def places(**fields):
        return [(row.initiative, row.number) for row in queries.milestones(STAFF, D, **fields)]

    assert places() == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]
    assert places(initiative="b") == [("b", 1), ("b", 2)]
    assert places(initiative="c") == []


def test_without_milestones_the_list_is_empty():
    assert queries.milestones(STAFF, D) == []


def test_a_milestone_without_a_date_has_none(home):
    make.milestone(home)

    (row,) = queries.milestones(STAFF, D)

    assert (row.plan, row.plan_id, row.words, row.slip) == (None, "", TranslatedText(), None)
    assert (row.standing, row.plan_count, row.is_at_risk) == (Standing(Status.NO_DATE), 0, False)


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", EVERY_KIND),
        ("members", {*MEMBER_KINDS, "expert"}),
        ("secretariat", {*STAFF_KINDS, "own country", "expert"}),
        ("country", {"own country"}),
        ("organisation", set()),
    ],
)
def test_a_country_s_milestone_is_read_by_its_audience_and_the_country(home, audience, readers):
    everybody = make.viewers("home")
    row = make.milestone(home, "1 July 2021", audience=audience, country=people.member("GEO"))

    assert {who for who, v in everybody.items() if queries.milestones(v, D)} == readers
    for who, viewer in everybody.items():
        if who in readers:
            assert queries.milestone(viewer, row.public_id) == row
            assert queries.milestone_numbered(viewer, "home", 1) == row
        else:
            with pytest.raises(NotFound):
                queries.milestone(viewer, row.public_id)
            with pytest.raises(NotFound):
                queries.milestone_numbered(viewer, "home", 1)


def test_an_owner_reads_its_own_milestone(home):
    agency = people.organisation(country=None)
    everybody = make.viewers("home") | {"owner": people.viewer_with("partner", agency)}
    make.milestone(home, "1 July 2021", audience="organisation", owner=agency)

    assert {who for who, v in everybody.items() if queries.milestones(v, D)} == {"owner"}


def test_a_public_milestone_of_a_closed_initiative_is_not_the_public_s():
    make.milestone(make.initiative("closed", audience="secretariat"), audience="public")

    readers = {who for who, v in make.viewers("closed").items() if queries.milestones(v, D)}

    assert readers == STAFF_KINDS


def test_proposals_are_counted_by_those_who_plan(home):
    agency = people.organisation(country=None)
    keeper = people.viewer_with()
    home.keeper_id = keeper.person_id
    home.save(update_fields=["keeper"])
    everybody = make.viewers("home") | {
        "owner": people.viewer_with("partner", agency), "keeper": keeper,
    }  # fmt: skip
    row = make.milestone(home, "1 July 2021", owner=agency)
    make.proposal(row, "2022")
    planners = {*STAFF_KINDS, "owner", "keeper"}

    rows = {who: queries.milestones(v, D)[0] for who, v in everybody.items()}

    assert {who for who, one in rows.items() if one.has_proposal} == planners
    assert {who: one.plan_count for who, one in rows.items()} == dict.fromkeys(
        everybody, 1
    ) | dict.fromkeys(planners, 2)


def test_a_forecast_is_made_without_what_is_hidden(home):
    hidden = make.milestone(home, "1 June 2021", audience="secretariat")
    shown = make.milestone(home, "10 July 2021")
    actions.add_dependency(milestone=shown, after=hidden, lag_days=60, by=STAFF, now=make.NOON)

    (public,) = queries.milestones(ANONYMOUS, D)

    assert (public.links, public.chain, public.is_at_risk) == ((), ("2",), False)
    assert public.forecast.high == date(2021, 7, 10)
    assert queries.milestones(STAFF, D)[1].chain == ("1", "2")


def test_a_chain_names_another_initiative_s_milestone_with_its_code(home):
    other = make.initiative("other")
    first, second = make.milestone(other, "22 June 2021"), make.milestone(home, "1 July 2021")
    actions.add_dependency(milestone=second, after=first, lag_days=14, by=STAFF, now=make.NOON)

    (row,) = queries.milestones(STAFF, D, initiative="home")

    assert row.chain == ("other/1", "1")


def test_a_warning_puts_at_risk_until_it_ends_or_the_milestone_is_done(home):
    row = make.milestone(home, "1 August 2021")
    actions.raise_flag(
        milestone=row, level="at_risk", reason="Staff", expires_on=date(2021, 7, 10), by=STAFF,
        now=make.NOON,
    )  # fmt: skip
    done = make.milestone(home, "1 August 2021")
    actions.raise_flag(
        milestone=done, level="at_risk", reason="Staff", expires_on=date(2021, 7, 10), by=STAFF,
        now=make.NOON,
    )  # fmt: skip
    make.completion(done, "29 June 2021")

    def at_risk(day):
        return [one.is_at_risk for one in queries.milestones(STAFF, day)]

    assert at_risk(date(2021, 6, 29)) == [False, False]
    assert at_risk(date(2021, 7, 10)) == [True, False]
    assert at_risk(date(2021, 7, 11)) == [False, False]


def test_the_latest_approved_plan_and_the_standing_completion_hold(home):
    row = make.milestone(home, "1 June 2021")
    make.approved(row, "1 July 2021", date(2021, 6, 1))
    turned = make.proposal(row, "1 August 2021", date(2021, 6, 2))
    actions.reject_plan(plan=turned, reason="No", by=STAFF, now=make.NOON)
    wrong = make.completion(row, "by 10 June 2021", date(2021, 6, 10))
    actions.withdraw_completion(
        completion=wrong, reason="Wrong", by=STAFF, now=make.NOON, told=make.told(date(2021, 6, 20))
    )
    make.completion(row, "25 June 2021", date(2021, 6, 25))

    def read(day):
        (one,) = queries.milestones(STAFF, day)
        return str(one.words), str(one.completion_words), one.status

    assert read(date(2021, 5, 31)) == ("1 June 2021", "", Status.DUE_SOON)
    assert read(date(2021, 6, 9)) == ("1 July 2021", "", Status.DUE_SOON)
    assert read(date(2021, 6, 19)) == ("1 July 2021", "by 10 June 2021", Status.DONE)
    assert read(date(2021, 6, 24)) == ("1 July 2021", "", Status.DUE_SOON)
    assert read(D) == ("1 July 2021", "25 June 2021", Status.DONE)


def test_what_is_known_later_is_not_read_before(home):
    row = make.milestone(home, "1 July 2021")
    before = queries.milestones(STAFF, D)
    plan = actions.propose_plan(milestone=row, words="2022", reason="staffing", by=STAFF, now=LATER)
    actions.approve_plan(plan=plan, by=STAFF, now=LATER)
    actions.set_baseline(initiative=home, name="Late", by=STAFF, now=LATER)
    later = actions.add_milestone(initiative=home, name="New", by=STAFF, now=LATER)
    actions.add_dependency(milestone=row, after=later, by=STAFF, now=LATER)

    assert queries.milestones(STAFF, D) == before
    assert len(queries.milestones(STAFF, LATER.date())) == 2


def test_a_milestone_of_an_initiative_known_later_is_not_read_before():
    make.milestone(make.initiative("late", known_from=date(2021, 7, 1)))

    assert queries.milestones(STAFF, D) == []


@pytest.mark.parametrize("sample", [True, False])
def test_what_sample_people_enter_of_a_real_milestone_is_marked_and_counted(home, sample):
    row = make.milestone(home, "1 July 2021")
    make.milestone(home, "2 July 2021")
    make.milestone(home, "3 July 2021", sample=True)
    trial = Told(sample=sample)
    plan = actions.propose_plan(
        milestone=row, words="15 July 2021", reason="procurement", by=STAFF, now=make.NOON,
        told=trial,
    )  # fmt: skip
    actions.approve_plan(plan=plan, by=STAFF, now=make.NOON, told=trial)
    actions.record_completion(
        milestone=row, words="29 June 2021", by=STAFF, now=make.NOON, told=trial
    )

    signed_in, public = queries.milestones(STAFF, D), queries.milestones(ANONYMOUS, D)

    assert [one.sample for one in signed_in] == [sample, False, True]
    assert [one.number for one in counted(signed_in)] == [1, 2]
    assert counted(signed_in)[0].status is Status.DONE
    assert [one.number for one in public] == [one.number for one in counted(public)] == [1, 2]
    assert (str(public[0].words), public[0].status) == (
        ("1 July 2021", Status.DUE_SOON) if sample else ("15 July 2021", Status.DONE)
    )
    page = queries.milestone_page(ANONYMOUS, row, D)
    assert [str(one.words) for one in page.plans] == ["1 July 2021", "15 July 2021"][: 2 - sample]
    assert len(page.completions) == 1 - sample


def test_a_sample_fact_marks_the_row_and_a_sample_row_is_not_the_public_s(home):
    row = make.milestone(home, "1 July 2021")
    actions.record_completion(
        milestone=row, words="29 June 2021", by=STAFF, now=make.NOON, told=Told(sample=True)
    )
    make.milestone(home, sample=True)

    assert [one.sample for one in queries.milestones(STAFF, D)] == [True, True]
    assert [one.number for one in queries.milestones(ANONYMOUS, D)] == [1]


def test_slip_of_compares_the_completion_else_the_plan():
    june, july = on_day(date(2021, 6, 22)), on_day(date(2021, 7, 2))
    by_july = Window(None, date(2021, 7, 2), Precision.BY)

    assert slip_of(july, None, june) == Slip(10, 10, 10, False)
    assert slip_of(july, june, june) == Slip(0, 0, 0, False)
    assert slip_of(july, by_july, june) == Slip(None, None, 10, True)
    assert slip_of(None, None, june) is None
    assert slip_of(july, june, None) is None


@pytest.mark.parametrize("count", [1, 3])
def test_milestones_take_one_query(home, count, django_assert_num_queries):
    first = make.milestone(home, "1 July 2021")
    for _n in range(count):
        row = make.milestone(home, "1 July 2021")
        actions.add_dependency(milestone=row, after=first, by=STAFF, now=make.NOON)
    actions.set_baseline(initiative=home, name="First", by=STAFF, now=make.NOON)

    with django_assert_num_queries(1):
        rows = queries.milestones(STAFF, D)

    assert len(rows) == count + 1


def test_sample_warnings_links_and_baselines_of_a_real_milestone_are_not_the_public_s(home):
    first, flagged, linked = (make.milestone(home, f"{day} July 2021") for day in (1, 2, 3))
    actions.raise_flag(
        milestone=flagged, level="at_risk", reason="A trial.", expires_on=date(2021, 7, 20),
        by=TRIAL, now=make.NOON,
    )  # fmt: skip
    actions.add_dependency(milestone=linked, after=first, by=TRIAL, now=make.NOON)

    def marks(viewer):
        rows = queries.milestones(viewer, D)
        return [(row.flag is not None, row.is_at_risk, len(row.links), row.sample) for row in rows]

    assert marks(STAFF) == [
        (False, False, 0, False), (True, True, 0, True), (False, False, 1, True),
    ]  # fmt: skip
    assert marks(ANONYMOUS) == [(False, False, 0, False)] * 3
    assert queries.milestone_page(ANONYMOUS, linked, D).waits_for == ()
    assert len(queries.milestone_page(STAFF, linked, D).waits_for) == 1

    actions.set_baseline(initiative=home, name="Trial", by=TRIAL, now=make.NOON)
    for viewer, known in ((STAFF, 1), (ANONYMOUS, 0)):
        rows = queries.milestones(viewer, D)
        assert [len(row.baselines) for row in rows] == [known] * 3
        assert [row.baseline is not None for row in rows] == [row.sample for row in rows]
        assert [row.sample for row in queries.baselines(viewer, "home", D)] == [True] * known
        page = queries.milestone_page(viewer, first, D)
        assert len(page.baselines) == known


def test_what_sample_people_decide_of_real_dates_is_open_to_the_public(home):
    row, done = make.milestone(home, "1 July 2021"), make.milestone(home)
    new = make.proposal(row, "15 July 2021")
    actions.approve_plan(plan=new, by=TRIAL, now=make.NOON)
    end = make.completion(done, "29 June 2021", D)
    actions.withdraw_completion(completion=end, reason="A trial.", by=TRIAL, now=make.NOON)

    staff, public = queries.milestones(STAFF, D), queries.milestones(ANONYMOUS, D)

    assert [(str(one.words), one.status.value, one.sample) for one in staff] == [
        ("15 July 2021", "due_soon", True), ("", "no_date", True),
    ]  # fmt: skip
    assert [(str(one.words), one.status.value, one.sample) for one in public] == [
        ("1 July 2021", "due_soon", False), ("", "done", False),
    ]  # fmt: skip
    page = queries.milestone_page(ANONYMOUS, row, D)
    assert [str(one.words) for one in page.plans] == ["1 July 2021"]
    (shown,) = queries.milestone_page(ANONYMOUS, done, D).completions
    assert shown.withdrawn_on is None
