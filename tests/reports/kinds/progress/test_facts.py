from datetime import date

import pytest
from tests.factories.programme import (
    EARLY,
    STAFF,
    agree,
    completion,
    decision,
    initiative,
    meeting,
    milestone,
    programme,
)

from serai.base.text import TranslatedText
from serai.calc.schedule import Status
from serai.programme.actions import Told
from serai.programme.queries import initiative_report
from serai.reports.kinds.progress import facts

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)


def report():
    return initiative_report(STAFF, D)


def test_facts_carry_stable_keys():
    one = initiative("a", name=TranslatedText.of("A"))
    completion(milestone(one, "7 May 2021"), "by 30 June 2021")

    found = facts.as_json(report(), {"a/objective": TranslatedText.of("Text")})

    said = {"state": "source"}
    assert found == {
        "as_of": "2021-06-30",
        "milestones": {
            "a/1": {
                "name": {"en": said | {"text": "Milestone 1"}},
                "words": {"en": said | {"text": "7 May 2021"}},
                "end_latest": "2021-05-07",
                "status": "done",
                "days": None,
                "completed": {"en": said | {"text": "by 30 June 2021"}},
            }
        },
        "requests": {},
        "decisions": {},
        "initiatives": {"a": {"name": {"en": said | {"text": "A"}}, "state": "active"}},
        "narratives": {"a/objective": {"en": said | {"text": "Text"}}},
    }


def test_facts_carry_what_was_decided_by_the_day_and_no_draft():
    old, drafted = meeting(state="held"), meeting(state="held")
    decided = decision(old, "Share the draft.")
    agree(old)
    decision(drafted, "Not agreed yet.")
    trial = meeting(state="held")
    decision(trial, "Sample.", told=Told(EARLY, "Trial", sample=True))
    agree(trial)

    found = facts.as_json(report(), {})["decisions"]
    initiative("a", sample=True)
    with_sample = facts.as_json(report(), {})["decisions"]

    assert found == {
        decided.number: {"text": {"en": {"state": "source", "text": "Share the draft."}}}
    }
    assert len(with_sample) == 2


def test_with_status_keeps_the_order():
    one = initiative("a")
    for words in ("22 June 2021", "1 May 2022", "1 June 2021"):
        milestone(one, words)

    chapter = report().initiatives[0]

    assert [m.number for m in facts.with_status(chapter, Status.OVERDUE)] == [1, 3]
    assert facts.has_annex(chapter) is True


def test_an_initiative_without_milestones_has_no_annex():
    initiative("a")

    assert facts.has_annex(report().initiatives[0]) is False
    assert facts.has_sample(report()) is False


@pytest.mark.parametrize("where", ["initiative", "milestone"])
def test_sample_is_seen_wherever_it_stands(where):
    one = initiative("a", sample=where == "initiative")
    milestone(one, sample=where == "milestone")

    assert facts.has_sample(report()) is True


def test_an_empty_programme_has_empty_facts():
    programme()

    assert facts.as_json(report(), {})["milestones"] == {}
