"""One milestone's whole history, and the dates that wait for a coordinator."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.programme import EVERY_KIND, MEMBER_KINDS, STAFF_KINDS

from serai.base.access import ANONYMOUS, NotFound
from serai.base.text import TranslatedText
from serai.calc.schedule import Slip, on_day
from serai.programme import access, actions, queries
from serai.programme.actions import Evidence
from serai.programme.models import Dependency
from serai.programme.queries import (
    BaselineRow,
    BaselineSlip,
    CompletionShown,
    LinkShown,
    PlanShown,
    ProposalRow,
)

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
LATER = datetime(2021, 7, 20, 12, tzinfo=UTC)
STAFF, NOON = make.STAFF, make.NOON


@pytest.fixture
def home():
    return make.initiative("home")


def test_plans_are_told_with_their_moves_reasons_and_authors(home):
    officer = people.viewer_with("officer", full_name="Nino")
    row = make.milestone(home, "22 June 2021")
    first = row.plans.get()
    second = actions.propose_plan(
        milestone=row, words="2 July 2021", reason="other", reason_text="A holiday", by=officer,
        now=NOON,
    )  # fmt: skip
    actions.approve_plan(plan=second, by=STAFF, now=NOON)
    third = make.proposal(row, "August 2021", D)
    actions.reject_plan(plan=third, reason="Too late", by=STAFF, now=NOON)

    plans = queries.milestone_page(STAFF, row, D).plans

    assert plans[:2] == (
        PlanShown(
            public_id=first.public_id, words=TranslatedText.of("22 June 2021"),
            window=on_day(date(2021, 6, 22), "22 June 2021"), state="approved",
            known_from=make.EARLY, decided_on=make.EARLY, reason="", reason_text="",
            verdict_reason="", source_note="Programme records", by="", moved=None,
            is_entered_later=True, sample=False,
        ),
        PlanShown(
            public_id=second.public_id, words=TranslatedText.of("2 July 2021"),
            window=on_day(date(2021, 7, 2), "2 July 2021"), state="approved", known_from=D,
            decided_on=D, reason="other", reason_text="A holiday", verdict_reason="",
            source_note="", by="Nino", moved=Slip(10, 10, 10, False), is_entered_later=False,
            sample=False,
        ),
    )  # fmt: skip
    assert (plans[2].state, plans[2].verdict_reason, plans[2].moved) == (
        "rejected", "Too late", Slip(60, 30, 60, True),
    )  # fmt: skip


def test_completions_are_told_also_when_withdrawn(home):
    row = make.milestone(home, "22 June 2021")
    wrong = actions.record_completion(
        milestone=row, words="20 June 2021", by=STAFF, now=NOON,
        evidence=Evidence(link="https://example.org/x"), told=make.told(date(2021, 6, 20)),
    )  # fmt: skip
    actions.withdraw_completion(completion=wrong, reason="Another report", by=STAFF, now=NOON)

    page = queries.milestone_page(STAFF, row, D)

    assert page.completions == (
        CompletionShown(
            public_id=wrong.public_id, words=TranslatedText.of("20 June 2021"),
            window=on_day(date(2021, 6, 20), "20 June 2021"), known_from=date(2021, 6, 20),
            source_note="Programme records", by="", link="https://example.org/x", file_id=None,
            withdrawn_on=D, withdrawn_reason="Another report", is_entered_later=True,
            sample=False,
        ),
    )  # fmt: skip
    (before,) = queries.milestone_page(STAFF, row, date(2021, 6, 29)).completions
    assert (before.withdrawn_on, before.withdrawn_reason) == (None, "")


def test_each_baseline_gives_its_slip(home):
    row = make.milestone(home, "22 June 2021")
    actions.set_baseline(initiative=home, name="First", by=STAFF, now=NOON, told=make.told())
    make.approved(row, "2 July 2021", date(2021, 6, 1))
    actions.set_baseline(initiative=home, name="Second", by=STAFF, now=NOON)

    page = queries.milestone_page(STAFF, row, D)

    assert page.baselines == (
        BaselineSlip(
            0, "First", make.EARLY, TranslatedText.of("22 June 2021"), Slip(10, 10, 10, False)
        ),
        BaselineSlip(1, "Second", D, TranslatedText.of("2 July 2021"), Slip(0, 0, 0, False)),
    )


def test_links_are_told_on_both_ends_until_they_end(home):
    first, second = make.milestone(home, "22 June 2021"), make.milestone(home, "10 July 2021")
    link = actions.add_dependency(
        milestone=second, after=first, kind="SS", lag_days=3, by=STAFF, now=NOON
    )
    rows = queries.milestones(STAFF, D)

    assert queries.milestone_page(STAFF, second, D).waits_for == (
        LinkShown(link.pk, "SS", 3, rows[0]),
    )
    assert queries.milestone_page(STAFF, first, D).holds_up == (
        LinkShown(link.pk, "SS", 3, rows[1]),
    )
    actions.end_dependency(dependency=link, by=STAFF, now=LATER)
    assert queries.milestone_page(STAFF, second, LATER.date()).waits_for == ()
    assert len(queries.milestone_page(STAFF, second, D).waits_for) == 1


def test_links_to_hidden_milestones_are_hidden(home):
    shown = make.milestone(home, "22 June 2021")
    hidden = make.milestone(home, "10 July 2021", audience="secretariat")
    other = make.milestone(home, "10 July 2021", audience="secretariat")
    actions.add_dependency(milestone=shown, after=hidden, by=STAFF, now=NOON)
    actions.add_dependency(milestone=other, after=shown, by=STAFF, now=NOON)
    everybody = make.viewers("home")

    pages = {who: queries.milestone_page(v, shown, D) for who, v in everybody.items()}

    assert {who for who, page in pages.items() if page.waits_for or page.holds_up} == STAFF_KINDS


def test_proposals_and_refusals_are_read_by_those_who_plan(home):
    agency = people.organisation(country=None)
    everybody = make.viewers("home") | {
        "owner": people.viewer_with("partner", agency),
        "owner's contributor": people.viewer_with("contributor", agency),
    }
    row = make.milestone(home, "22 June 2021", owner=agency)
    make.proposal(row, "August 2021")
    turned = make.proposal(row, "2022")
    actions.reject_plan(plan=turned, reason="No", by=STAFF, now=NOON)

    states = {
        who: [plan.state for plan in queries.milestone_page(v, row, D).plans]
        for who, v in everybody.items()
    }

    planners = {*STAFF_KINDS, "owner"}
    assert states == dict.fromkeys(everybody, ["approved"]) | dict.fromkeys(
        planners, ["approved", "proposed", "rejected"]
    )


def test_who_recorded_is_read_by_members_and_those_signed_in(home):
    officer = people.viewer_with("officer", full_name="Nino")
    row = make.milestone(home)
    actions.propose_plan(milestone=row, words="22 June 2021", by=officer, now=NOON)
    actions.record_completion(milestone=row, words="22 June 2021", by=officer, now=NOON)
    everybody = make.viewers("home")

    pages = {who: queries.milestone_page(v, row, D) for who, v in everybody.items()}

    assert {who for who, page in pages.items() if page.plans[0].by} == EVERY_KIND - {"public"}
    assert {who for who, page in pages.items() if page.completions[0].by} == EVERY_KIND - {"public"}


def test_a_verdict_given_later_is_not_read_before(home):
    row = make.milestone(home, "22 June 2021")
    plan = make.proposal(row, "August 2021")
    actions.approve_plan(plan=plan, by=STAFF, now=LATER)

    def states(viewer, day):
        return [one.state for one in queries.milestone_page(viewer, row, day).plans]

    assert states(STAFF, D) == ["approved", "proposed"]
    assert states(ANONYMOUS, D) == ["approved"]
    assert states(ANONYMOUS, LATER.date()) == ["approved", "approved"]


def test_a_milestone_without_facts_has_an_empty_page(home):
    row = make.milestone(home)

    page = queries.milestone_page(STAFF, row, D)

    assert (page.plans, page.completions, page.baselines, page.waits_for, page.holds_up) == (
        (), (), (), (), (),
    )  # fmt: skip
    assert queries.milestone_page(STAFF, row, date(2020, 12, 31)) is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_takes_five_queries(home, count, django_assert_num_queries):
    row = make.milestone(home, "22 June 2021")
    for _n in range(count):
        other = make.milestone(home, "22 June 2021")
        actions.add_dependency(milestone=row, after=other, by=STAFF, now=NOON)
        make.proposal(row, "2022")
    row = queries.milestone(STAFF, row.public_id)

    with django_assert_num_queries(5):
        page = queries.milestone_page(STAFF, row, D)

    assert (len(page.waits_for), len(page.plans)) == (count, count + 1)


# ---------------------------------------------------------------- single facts
@pytest.mark.parametrize(
    ("audience", "readers"),
    [("public", EVERY_KIND), ("members", {*MEMBER_KINDS, "expert"}), ("secretariat", STAFF_KINDS)],
)
def test_single_facts_are_found_by_those_who_see_the_milestone(home, audience, readers):
    everybody = make.viewers("home")
    row = make.milestone(home, "22 June 2021", audience=audience)
    done = make.completion(row, "22 June 2021")
    link = actions.add_dependency(milestone=row, after=make.milestone(home), by=STAFF, now=NOON)
    plan = row.plans.get()

    def finds(ask, number, thing):
        found = set()
        for who, viewer in everybody.items():
            try:
                assert ask(viewer, number) == thing
            except NotFound:
                continue
            found.add(who)
        return found

    assert finds(queries.plan, plan.public_id, plan) == readers
    assert finds(queries.completion, done.public_id, done) == readers
    assert finds(queries.dependency, link.pk, link) == readers


def test_an_ended_dependency_is_not_found(home):
    link = actions.add_dependency(
        milestone=make.milestone(home), after=make.milestone(home), by=STAFF, now=NOON
    )
    actions.end_dependency(dependency=link, by=STAFF, now=NOON)

    with pytest.raises(NotFound):
        queries.dependency(STAFF, link.pk)
    assert Dependency.objects.count() == 1


# ---------------------------------------------------------------- proposals, baselines
def test_proposals_say_what_waits_oldest_first(home):
    officer = people.viewer_with("officer", full_name="Nino")
    row = make.milestone(home, "22 June 2021")
    late = actions.propose_plan(
        milestone=row, words="2 July 2021", reason="other", reason_text="A holiday", by=officer,
        now=NOON,
    )  # fmt: skip
    early = make.proposal(row, "August 2021", date(2021, 6, 1))
    decided = make.proposal(row, "2022")
    actions.reject_plan(plan=decided, reason="No", by=STAFF, now=NOON)

    found = queries.proposals(STAFF)

    assert [one.public_id for one in found] == [early.public_id, late.public_id]
    assert found[1] == ProposalRow(
        public_id=late.public_id,
        milestone=row.public_id,
        milestone_name=row.name,
        number=1,
        initiative="home",
        initiative_name=home.name,
        words=TranslatedText.of("2 July 2021"),
        reason="other",
        reason_text="A holiday",
        by="Nino",
        known_from=D,
        sample=False,
    )
    assert found[0].by == ""


@pytest.mark.parametrize(
    ("audience", "who_approves"),
    [
        ("public", {"coordinator", "coordinator of all"}),
        ("secretariat", {"coordinator", "coordinator of all"}),
        ("country", {"own country"}),
        ("organisation", {"lead"}),
    ],
)
def test_proposals_wait_for_those_who_approve_them_alone(home, audience, who_approves):
    agency = people.organisation(country="GEO")
    row = make.milestone(
        home, "22 June 2021", audience=audience, owner=agency, country=people.member("GEO")
    )
    make.proposal(row, "2022")
    everybody = make.viewers("home") | {
        "coordinator": people.viewer_with("coordinator", "home"),
        "coordinator elsewhere": people.viewer_with("coordinator", "elsewhere"),
        "coordinator of all": people.viewer_with("coordinator"),
        "lead": people.viewer_with("lead", agency),
        "owner": people.viewer_with("partner", agency),
    }

    readers = {who for who, viewer in everybody.items() if queries.proposals(viewer)}
    pages = {
        who: queries.milestone_page(viewer, row, D).plans
        for who, viewer in everybody.items()
        if access.may_see_milestone(viewer, row)
    }

    assert readers == who_approves
    assert {who for who, plans in pages.items() if plans[-1].may_decide} == who_approves
    assert {who for who, plans in pages.items() if len(plans) == 2} >= who_approves


def test_who_proposed_decides_nothing_and_what_is_decided_waits_no_more(home):
    proposer = people.viewer_with("coordinator")
    row = make.milestone(home, "22 June 2021")
    own = actions.propose_plan(
        milestone=row, words="2022", reason="staffing", by=proposer, now=NOON
    )

    assert queries.proposals(proposer) == []
    assert queries.milestone_page(proposer, row, D).plans[-1].may_decide is False
    actions.approve_plan(plan=own, by=STAFF, now=LATER)
    plan = queries.milestone_page(STAFF, row, D).plans[-1]
    assert (plan.state, plan.may_decide) == ("proposed", False)


@pytest.mark.parametrize("count", [1, 3])
def test_proposals_take_one_query(home, count, django_assert_num_queries):
    for _n in range(count):
        make.proposal(make.milestone(home, "22 June 2021"), "2022")

    with django_assert_num_queries(1):
        assert len(queries.proposals(STAFF)) == count


def test_baselines_are_told_by_number_and_as_of_their_day(home):
    for _n in range(2):
        make.milestone(home, "22 June 2021")
    meeting = make.meeting(home, state="held")
    decision = make.decision(meeting)
    actions.set_baseline(
        initiative=home, name="First", decision=decision, by=STAFF, now=NOON, told=make.told()
    )
    actions.set_baseline(initiative=home, name="Second", by=STAFF, now=LATER)

    assert queries.baselines(STAFF, "home", D) == [
        BaselineRow(0, "First", make.EARLY, "SOM-2021-06/D1", 2, False)
    ]
    assert [row.name for row in queries.baselines(STAFF, "home", LATER.date())] == [
        "First", "Second",
    ]  # fmt: skip
    assert queries.baselines(STAFF, "elsewhere", D) == []


def test_a_baseline_names_its_decision_and_counts_its_lines_as_the_reader_may_see(home):
    everybody = make.viewers("home")
    make.milestone(home, "22 June 2021")
    make.milestone(home, "22 June 2021", audience="secretariat")
    decision = make.decision(make.meeting(home, state="held", audience="secretariat"))
    actions.set_baseline(initiative=home, name="First", decision=decision, by=STAFF, now=NOON)

    found = {
        who: (row.decision, row.line_count)
        for who, v in everybody.items()
        for row in queries.baselines(v, "home", D)
    }

    assert found == dict.fromkeys(EVERY_KIND, ("", 1)) | dict.fromkeys(
        STAFF_KINDS, (decision.number, 2)
    )


def test_baselines_of_a_closed_initiative_are_the_secretariat_s():
    closed = make.initiative("closed", audience="secretariat")
    make.milestone(closed, "22 June 2021")
    actions.set_baseline(initiative=closed, name="First", by=STAFF, now=NOON)

    readers = {
        who for who, v in make.viewers("closed").items() if queries.baselines(v, "closed", D)
    }

    assert readers == STAFF_KINDS


@pytest.mark.parametrize("count", [1, 3])
def test_baselines_take_two_queries(home, count, django_assert_num_queries):
    make.milestone(home, "22 June 2021")
    for number in range(count):
        actions.set_baseline(initiative=home, name=f"N {number}", by=STAFF, now=NOON)

    with django_assert_num_queries(2):
        assert len(queries.baselines(STAFF, "home", D)) == count
