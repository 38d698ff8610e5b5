import re
from datetime import date, datetime

import pytest
from django.utils import translation
from tests.factories.members import organisation
from tests.factories.programme import STAFF, completion, initiative, milestone, told
from tests.factories.reports import NOON, D, run

from serai.base.text import TranslatedText
from serai.programme import actions as programme
from serai.programme import queries
from serai.programme.models import (
    Initiative,
    InitiativeText,
    Milestone,
    MilestoneText,
    Step,
)
from serai.reports.actions.comparing import (
    Changes,
    compare,
    compare_with_now,
    compare_with_previous,
    facts_of,
    part_words,
)
from serai.reports.actions.documents import snapshot
from serai.reports.states import RunState

pytestmark = pytest.mark.django_db
LATER = date(2021, 8, 15)
AUGUST = NOON.replace(month=8, day=15)


@pytest.fixture
def virtual(db):
    return initiative("virtual-carec", name=TranslatedText.of("Virtual CAREC"))


def lines(changes: Changes) -> dict[str, tuple[str, ...]]:
    return {group.title: group.lines for group in changes.groups if group.lines}


def test_equal_facts_have_no_difference():
    assert compare({}, {}).is_empty is True


def test_a_first_run_has_nothing_before_it(virtual):
    assert compare_with_previous(run(), today=D) is None


def test_a_later_run_says_what_was_added_done_and_moved(virtual):
    done, moved = milestone(virtual, "22 June 2021"), milestone(virtual, "1 July 2021")
    run(RunState.ISSUED)
    completion(done, "by 30 June 2021", date(2021, 6, 30))
    programme.add_milestone(
        initiative=virtual, name=TranslatedText.of("New one"), kind="event", audience="public",
        by=STAFF, now=AUGUST,
    )  # fmt: skip
    programme.approve_plan(
        plan=programme.propose_plan(
            milestone=moved, words="15 July 2021", by=STAFF, now=AUGUST, reason="procurement"
        ),
        by=STAFF, now=AUGUST,
    )  # fmt: skip

    found = compare_with_previous(run(as_of=LATER), today=LATER)

    assert lines(found) == {
        "Milestones added": ("3. New one: ",),
        "Done": ("1. Milestone 1: by 30 June 2021",),
        "Dates moved": ("2. Milestone 2: from “1 July 2021” to “15 July 2021”, 14 days later",),
    }


def test_a_fact_entered_later_changes_the_question_not_the_report(virtual):
    row = milestone(virtual, "22 June 2021")
    made = run(RunState.ISSUED)
    before = made.snapshot
    assert compare_with_now(made, today=D).is_empty

    programme.record_completion(
        milestone=row, words="21 June 2021", by=STAFF, now=AUGUST, told=told(date(2021, 6, 29))
    )

    made.refresh_from_db()
    assert made.snapshot == before
    assert lines(compare_with_now(made, today=LATER)) == {"Done": ("1. Milestone 1: 21 June 2021",)}


def test_later_names_owners_and_purposes_do_not_change_the_same_day_asked_again(virtual):
    row = milestone(virtual, "22 June 2021")
    made = run(RunState.ISSUED, languages=["en", "ru"])
    asked_again = replace_seal(snapshot(made, dated=D))

    rename(row, virtual, AUGUST)

    assert replace_seal(snapshot(made, dated=D)) == asked_again == replace_seal(made.snapshot)
    assert compare_with_now(made, today=LATER).is_empty
    assert lines(compare_with_previous(run(as_of=LATER), today=LATER))["Renamed"] == (
        "From “Virtual CAREC” to “Renamed”",
        "From “1. Milestone 1” to “1. New”",
    )


def test_a_text_entered_later_for_the_same_day_is_listed(virtual):
    row = milestone(virtual, "22 June 2021")
    made = run(RunState.ISSUED)
    stamped = {"known_from": D, "recorded_at": AUGUST, "source_note": "Minutes"}
    MilestoneText.objects.create(
        milestone=row, name=TranslatedText.of("New"), kind="event", order=1, **stamped
    )

    assert lines(compare_with_now(made, today=LATER)) == {
        "Renamed": ("From “1. Milestone 1” to “1. New”",)
    }


def test_equal_facts_written_of_otherwise_are_told_by_part(virtual):
    made = run(RunState.ISSUED)
    InitiativeText.objects.create(
        initiative=virtual, name=virtual.name, purpose=TranslatedText.of("Another"),
        order=virtual.order, known_from=D, recorded_at=AUGUST, source_note="Minutes",
    )  # fmt: skip

    found = compare_with_now(made, today=LATER)

    assert lines(found) == {"Parts that read otherwise": ("1 Virtual CAREC",)}
    assert found.is_empty is False


def test_a_record_that_is_not_printed_is_told_too(virtual):
    made = run(RunState.ISSUED)
    stamped = {"known_from": D, "recorded_at": AUGUST, "source_note": "Minutes"}
    Step.objects.create(initiative=virtual, state="paused", **stamped)

    assert lines(compare_with_now(made, today=LATER)) == {
        "Parts that read otherwise": ("The records behind it, not its words",)
    }


def test_signs_that_are_composed_in_the_snapshot_are_no_difference(virtual):
    milestone(virtual, "22 June 2021", name=TranslatedText.of("Cafe\u0301"))
    made = run(RunState.ISSUED)

    assert compare_with_now(made, today=LATER).is_empty


def rename(row: Milestone, home: Initiative, now: datetime) -> None:
    """Give a milestone another name and owner, and its initiative other words."""
    text = programme.MilestoneText(TranslatedText.of("New"), "event", organisation().pk)
    programme.change_milestone(milestone=row, text=text, by=STAFF, now=now)
    text = programme.InitiativeText(TranslatedText.of("Renamed"), TranslatedText.of("Anew"), 9)
    programme.change_initiative(initiative=home, text=text, by=STAFF, now=now)


def replace_seal(text: str) -> str:
    """Leave out of a snapshot the seal of the log, which every act moves."""
    return re.sub(r"[0-9a-f]{64}", "seal", text)


def test_what_was_decided_since_is_listed():
    text = TranslatedText.of("Share the draft.").to_json()
    old = {"decisions": {"SOM-2021-06/D1": {"text": text}}}
    new = {"decisions": {**old["decisions"], "SOM-2021-06/D2": {"text": text}}}

    found = compare(old, new)

    assert lines(found) == {"Decided": ("SOM-2021-06/D2: Share the draft.",)}
    assert (found.notes, compare(new, new).is_empty) == ((), True)


def test_a_report_issued_before_decisions_were_frozen_says_so(virtual):
    new = {"decisions": {"SOM-2021-06/D1": {"text": TranslatedText.of("Share.").to_json()}}}

    found = compare({"milestones": {}}, new)

    assert found.is_empty is True
    assert found.notes == (
        "Decisions were not recorded in the earlier report, so they are not compared.",
    )
    made = run(RunState.ISSUED)
    assert facts_of(made)["decisions"] == {}


def test_requests_and_texts():
    def facts(requests: dict, narratives: dict) -> dict:
        name = TranslatedText.of("Virtual CAREC").to_json()
        return {
            "requests": requests,
            "narratives": narratives,
            "initiatives": {"v": {"name": name}},
        }

    asked = {"text": TranslatedText.of("Please answer.").to_json(), "asked": 11, "waiting": 11}
    other = asked | {"text": TranslatedText.of("Please join.").to_json()}
    old = facts({"a": asked}, {"v/objective": {}})
    new = facts({"a": asked | {"waiting": 7}, "b": other}, {"v/objective": {"en": {}}})

    assert lines(compare(old, new)) == {
        "Requests opened": ("Please join.",),
        "Answers to requests": ("Please answer. Waiting for 7 of 11, before for 11.",),
        "Texts rewritten": ("Virtual CAREC: Objective",),
    }
    assert lines(compare(new, old))["Requests closed"] == ("Please join.",)


@pytest.mark.parametrize(
    ("after", "tail"),
    [("2021-07-02", ", 1 day later"), ("2021-06-28", ", 3 days earlier"), (None, "")],
)
def test_a_move_is_counted_in_days(after, tail):
    def facts(words: str, end: str | None) -> dict:
        said = TranslatedText.of(words).to_json()
        row = {"name": said, "words": said, "status": "planned", "end_latest": end}
        return {"milestones": {"v/1": row}}

    (line,) = compare(facts("a", "2021-07-01"), facts("b", after)).groups[3].lines

    assert line == "1. b: from “a” to “b”" + tail


def test_a_dropped_milestone_is_told(virtual):
    assert queries.milestones(STAFF, D) == []
    row = {"name": TranslatedText.of("Old").to_json(), "words": TranslatedText.of("May").to_json()}

    assert lines(compare({"milestones": {"v/1": row}}, {})) == {
        "Milestones no longer shown": ("1. Old: May",)
    }


def test_parts_have_words():
    with translation.override("en"):
        assert [part_words(p) for p in ("approach", "current_status", "next_steps", "x")] == [
            "Approach", "Current status", "Next steps", "x",
        ]  # fmt: skip
