"""Which requests and answers the sample has. Entered whole: test_round.py."""

from serai.readiness.states import HelpPriority, HelpState
from serai.setup.demo.helping import ANSWERS, ECHO, REQUESTS


def test_requests_end_in_every_state():
    ends = {
        next((step.state for step in reversed(one.steps) if step.state), HelpState.NEW)
        for one in REQUESTS
    }

    assert ends == set(HelpState)
    assert {one.priority for one in REQUESTS} == set(HelpPriority)
    assert ECHO in {one.subject for one in REQUESTS}


def test_no_step_lies_ahead():
    late = [
        one.subject for one in REQUESTS if any(step.hours > one.hours for step in one.steps)
    ]  # fmt: skip

    assert late == []


def test_answers_stand_in_both_languages_and_one_is_not_shown():
    languages = {
        tuple(sorted(language for language, *_rest in text.texts))
        for question, answer, _is_shown in ANSWERS
        for text in (question, answer)
    }

    assert languages == {("en", "ru")}
    assert [is_shown for *_texts, is_shown in ANSWERS].count(False) == 1
