"""What is known from a later day changes nothing as of an earlier one, whoever asks."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import ANONYMOUS, Viewer
from serai.base.text import TranslatedText
from serai.calc.schedule import Status
from serai.programme import actions, queries
from serai.programme.actions import Evidence, OutlineHeading, Told
from serai.programme.models import Decision, Dependency, Initiative, Milestone, Risk

pytestmark = pytest.mark.django_db
STAFF = make.STAFF
D = date(2021, 6, 30)
LATER = datetime(2021, 7, 20, 12, tzinfo=UTC)
REPORT = Viewer(keys=frozenset({"public", "members"}))


@dataclass
class Story:
    """What stood on 30 June: one thing of each kind."""

    home: Initiative
    first: Milestone
    second: Milestone
    done: Milestone

    def __post_init__(self) -> None:
        self.meeting = make.meeting(state="held", audience="members")
        self.old = make.decision(self.meeting, "Old")
        make.agree(self.meeting)
        self.council = make.meeting(state="held", audience="members")
        self.proposed = make.decision(self.council, "New", supersedes=self.old)
        self.action = make.action_item(
            "Do it", decision=self.old, initiative=self.home, audience="members",
            countries=("GEO",),
        )  # fmt: skip
        self.request = make.ask(self.home)
        self.risk = make.risk(self.home, review_on=date(2021, 7, 1))
        self.assumption = make.risk(self.home, "assumption")
        make.release(self.assumption)
        self.draft = make.note(self.home, "Draft", part="next_steps")
        make.note(self.home, "Cleared", cleared=make.EARLY)
        self.link = actions.add_dependency(
            milestone=self.second, after=self.first, lag_days=10, by=STAFF, now=make.NOON
        )


def begin() -> Story:
    people.member("GEO")
    people.member("UZB")
    home = make.initiative("home")
    made = Story(
        home=home,
        first=make.milestone(home, "22 June 2021"),
        second=make.milestone(home, "10 July 2021"),
        done=make.milestone(home, "1 June 2021"),
    )
    make.completion(made.done, "1 June 2021")
    actions.set_baseline(initiative=home, name="First", by=STAFF, now=make.NOON)
    actions.save_outline(
        initiative=home, key="report", title=TranslatedText.of("Outline"), headings=(),
        by=STAFF, now=make.NOON,
    )  # fmt: skip
    return made


@dataclass
class Begun:
    """What stood, and what each who asks was told of that day and of the later one."""

    story: Story
    viewers: dict[str, Viewer]
    before: dict[str, dict[str, object]] = field(init=False)
    then: dict[str, dict[str, object]] = field(init=False)

    def __post_init__(self) -> None:
        self.before, self.then = self.told(D), self.told(LATER.date())

    def told(self, day: date) -> dict[str, dict[str, object]]:
        return {who: asked(viewer, day) for who, viewer in self.viewers.items()}


@pytest.fixture(scope="module")
def begun(django_db_setup, django_db_blocker) -> Begun:
    """The story, told once for all; gone after the module, and what a test changes at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        georgia = people.viewer_with("focal_point", "GEO")
        yield Begun(begin(), {"staff": STAFF, "report": REPORT, "visitor": ANONYMOUS,
                              "Georgia": georgia})  # fmt: skip
        transaction.set_rollback(True)


@pytest.fixture
def story(begun) -> Story:
    return deepcopy(begun.story)


def asked(viewer: Viewer, day: date) -> dict[str, object]:
    """Everything that can be asked as of a day, by its name."""
    known = Milestone.objects.filter(known_from__lte=D).order_by("id")
    risks = queries.risks(viewer, day)
    return {
        "milestones": queries.milestones(viewer, day),
        "pages": [queries.milestone_page(viewer, one, day) for one in known],
        "initiatives": queries.initiatives(viewer, day),
        "report": queries.initiative_report(viewer, day),
        "notes": queries.notes(viewer, day),
        "outlines": queries.outlines(viewer, day),
        "baselines": queries.baselines(viewer, "home", day),
        "decisions": queries.decisions(viewer, day),
        "actions": queries.actions(viewer, day),
        "requests": queries.requests(viewer, day),
        "risks": risks,
        "reviews": [
            queries.reviews(viewer, one, day)
            for one in Risk.objects.filter(public_id__in=[row.public_id for row in risks])
        ],
    }


def replan(story: Story) -> None:
    plan = actions.propose_plan(
        milestone=story.first, words="mid-July 2021", reason="staffing", by=STAFF, now=LATER
    )
    actions.approve_plan(plan=plan, by=STAFF, now=LATER)
    actions.propose_plan(
        milestone=story.second, words="2022", reason="staffing", by=STAFF, now=LATER
    )


def complete(story: Story) -> None:
    actions.record_completion(
        milestone=story.first, words="22 June 2021", by=STAFF, now=LATER
    )  # fmt: skip


def withdraw(story: Story) -> None:
    actions.withdraw_completion(
        completion=story.done.completions.get(), reason="Wrong", by=STAFF, now=LATER
    )


def link(story: Story) -> None:
    actions.add_dependency(milestone=story.first, after=story.done, by=STAFF, now=LATER)


def unlink(story: Story) -> None:
    actions.end_dependency(dependency=story.link, by=STAFF, now=LATER)


def warn(story: Story) -> None:
    actions.raise_flag(
        milestone=story.first, level="at_risk", reason="x", expires_on=date(2021, 8, 1),
        by=STAFF, now=LATER,
    )  # fmt: skip


def add(story: Story) -> None:
    row = actions.add_milestone(initiative=story.home, name="New", by=STAFF, now=LATER)
    actions.propose_plan(milestone=row, words="2022", by=STAFF, now=LATER)
    actions.add_dependency(milestone=story.second, after=row, by=STAFF, now=LATER)


def set_baseline(story: Story) -> None:
    actions.set_baseline(initiative=story.home, name="Second", by=STAFF, now=LATER)


def write(story: Story) -> None:
    actions.clear_note(note=story.draft, by=STAFF, now=LATER)
    later = actions.draft_note(
        initiative=story.home, part="current_status", text="Later", by=STAFF, now=LATER
    )
    actions.clear_note(note=later, by=STAFF, now=LATER)


def outline(story: Story) -> None:
    actions.save_outline(
        initiative=story.home, key="report", title=TranslatedText.of("Longer"),
        headings=[OutlineHeading(1, TranslatedText.of("One"))], by=STAFF, now=LATER,
    )  # fmt: skip


def adopt(story: Story) -> None:
    """The new decision, known on 30 June as a draft, is adopted in July and replaces the old."""
    actions.write_minutes(meeting=story.council, text="Agreed", by=STAFF, now=LATER)
    for state in ("minutes_draft", "minutes_agreed"):
        actions.move_meeting(meeting=story.council, state=state, by=STAFF, now=LATER)


def decide(story: Story) -> None:
    actions.record_decision(meeting=story.council, text="Later", by=STAFF, now=LATER)


def finish(story: Story) -> None:
    actions.note_action(action=story.action, text="Later", by=STAFF, now=LATER)
    actions.finish_action(
        action=story.action, evidence=Evidence(link="https://example.org/later"), by=STAFF,
        now=LATER,
    )  # fmt: skip


def give(story: Story) -> None:
    actions.add_action(
        text="Later", decision=story.old, audience="members", countries=("GEO",), by=STAFF,
        now=LATER,
    )  # fmt: skip


def answer(story: Story) -> None:
    row = story.request.addressees.select_related("country", "request__initiative").get(
        country__iso3="GEO"
    )
    actions.answer_request(addressee=row, state="declined", note="Later", by=STAFF, now=LATER)


def release(story: Story) -> None:
    actions.release_names(request=story.request, by=STAFF, now=LATER)


def close(story: Story) -> None:
    actions.close_request(request=story.request, by=STAFF, now=LATER)


def ask(story: Story) -> None:
    actions.open_request(
        initiative=story.home, text="Later", countries=("GEO",), by=STAFF, now=LATER
    )


def review(story: Story) -> None:
    for one in (story.risk, story.assumption):
        actions.review_risk(
            risk=one, probability=5, impact=5, note="Later", review_on=date(2021, 9, 1),
            by=STAFF, now=LATER,
        )  # fmt: skip


def happen(story: Story) -> None:
    for one in (story.risk, story.assumption):
        actions.move_risk(risk=one, state="happened", reason="It did", by=STAFF, now=LATER)


def close_risk(story: Story) -> None:
    actions.move_risk(risk=story.risk, state="closed", reason="Over", by=STAFF, now=LATER)


def record_risk(story: Story) -> None:
    actions.record_risk(
        initiative=story.home, words=actions.RiskText("risk", "Later"), probability=1, impact=1,
        by=STAFF, now=LATER,
    )  # fmt: skip


def pause(story: Story) -> None:
    actions.move_initiative(
        initiative=story.home, state="paused", citing=story.old, by=STAFF, now=LATER
    )


def open_another(story: Story) -> None:
    actions.open_initiative(
        programme=story.home.programme,
        facts=actions.InitiativeFacts(
            "later", TranslatedText.of("Later"), TranslatedText.of("Later"), audience="public"
        ),
        by=STAFF, now=LATER,
    )  # fmt: skip


CHANGES = (
    replan, complete, withdraw, link, unlink, warn, add, set_baseline, write, outline, adopt,
    decide, finish, give, answer, release, close, ask, review, happen, close_risk, record_risk,
    pause, open_another,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_later_fact_changes_nothing_as_of_an_earlier_day(
    begun, story, change: Callable[[Story], None]
):
    change(story)

    # It did change something today, and nothing of the day before.
    assert begun.told(LATER.date()) != begun.then
    after = begun.told(D)
    different = {
        (who, name) for who in begun.viewers for name in begun.before[who]
        if begun.before[who][name] != after[who][name]
    }  # fmt: skip
    assert different == set()


def test_a_fact_entered_later_shows_as_of_its_day_and_is_marked(story):
    told = Told(date(2021, 6, 25), "Minutes of 25 June")
    assert queries.milestones(STAFF, D)[0].status is Status.OVERDUE

    actions.record_completion(
        milestone=story.first, words="24 June 2021", by=STAFF, now=LATER, told=told
    )

    (row,) = [r for r in queries.milestones(STAFF, D) if r.id == story.first.pk]
    assert (row.status, row.is_entered_later) == (Status.DONE, True)
    (shown,) = queries.milestone_page(STAFF, story.first, D).completions
    assert (shown.is_entered_later, shown.source_note) == (True, "Minutes of 25 June")
    early = queries.milestones(STAFF, date(2021, 6, 24))
    assert [r.status for r in early if r.id == story.first.pk] == [Status.OVERDUE]


def test_a_fact_entered_on_its_day_is_not_marked(story):
    row = actions.add_milestone(initiative=story.home, name="New", by=STAFF, now=make.NOON)
    actions.propose_plan(milestone=row, words="2021", by=STAFF, now=make.NOON)

    (shown,) = queries.milestone_page(STAFF, row, D).plans

    assert shown.is_entered_later is False
    assert [r.is_entered_later for r in queries.milestones(STAFF, D) if r.id == row.pk] == [False]


def test_before_the_first_fact_nothing_is_known(story):
    day = date(2020, 12, 31)

    report = queries.initiative_report(STAFF, day)

    assert (report.is_empty, report.decisions, report.actions) == (True, (), ())
    assert queries.milestone_page(STAFF, story.first, day) is None
    assert (queries.risks(STAFF, day), queries.requests(STAFF, day)) == ([], [])


def test_a_day_begins_in_the_programme_s_zone(story):
    """At 17:00 UTC of 30 June it is 1 July in Manila: the fact is of 1 July."""
    evening = datetime(2021, 6, 30, 17, tzinfo=UTC)

    actions.record_completion(milestone=story.first, words="30 June 2021", by=STAFF, now=evening)

    def status(day: date) -> Status:
        return next(r.status for r in queries.milestones(STAFF, day) if r.id == story.first.pk)

    assert (status(D), status(date(2021, 7, 1))) == (Status.OVERDUE, Status.DONE)


def test_a_dependency_that_ended_still_held_before(story):
    actions.end_dependency(dependency=Dependency.objects.get(), by=STAFF, now=LATER)

    def waits(day: date) -> list[int]:
        page = queries.milestone_page(STAFF, story.second, day)
        return [link.other.number for link in page.waits_for]

    assert (waits(date(2021, 7, 19)), waits(date(2021, 7, 20))) == ([1], [])


def test_what_superseded_a_decision_is_named_from_the_day_it_was_adopted(story):
    adopt(story)

    def found(viewer: Viewer, day: date) -> dict[str, tuple[str, str]]:
        return {
            row.number: (row.state, row.superseded_by) for row in queries.decisions(viewer, day)
        }

    new = Decision.objects.get(supersedes=story.old).number
    assert found(REPORT, D) == {story.old.number: ("adopted", "")}
    assert found(STAFF, D) == {story.old.number: ("adopted", ""), new: ("proposed", "")}
    assert found(REPORT, LATER.date()) == {
        story.old.number: ("superseded", new),
        new: ("adopted", ""),
    }
