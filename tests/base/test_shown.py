from dataclasses import dataclass
from datetime import timedelta

import pytest

from serai.base.shown import JobShown, Mark, Sort, counted, leaves_out


def job(**changed: object) -> JobShown:
    given = {
        "id": "7", "step": "Reading", "is_running": True, "address": "/jobs/7/", "done": 3,
        "total": 11, "unit": "members", "remaining": timedelta(seconds=130),
    }  # fmt: skip
    return JobShown(**(given | changed))


def test_job_says_how_far_it_is():
    assert job().words == "3 of 11 members, about 2 minutes left"


def test_job_without_a_guess():
    assert job(remaining=None).words == "3 of 11 members"


def test_job_without_a_total():
    assert job(total=0, remaining=None).words == ""


@pytest.mark.parametrize(("asked", "seconds"), [(0, 3), (1, 5), (5, 13), (6, 15), (40, 15)])
def test_job_is_asked_less_and_less_often(asked, seconds):
    assert job(asked_count=asked).wait_seconds == seconds


@pytest.mark.parametrize(
    ("done", "quarter"), [(0, 0), (2, 0), (3, 25), (5, 25), (6, 50), (11, 100)]
)
def test_job_is_spoken_each_quarter(done, quarter):
    assert job(done=done).quarter == quarter


def test_job_speaks_its_step_then_its_share_then_its_end():
    assert [job(done=0).spoken, job(done=6).spoken, job(is_running=False).spoken] == [
        "Reading", "50 % done", "Finished",
    ]  # fmt: skip


def test_job_keeps_its_own_query():
    assert job(address="/jobs/7/?a=1", asked_count=2).next_address == "/jobs/7/?a=1&asked=3"


def test_sort_turns_round_on_the_same_column():
    assert Sort("score").address("score") == "?sort=-score"


def test_sort_says_what_the_address_says():
    assert [Sort("score").value, Sort("score", is_descending=True).value, Sort("").value] == [
        "score", "-score", "",
    ]  # fmt: skip


def test_sort_keeps_the_filters():
    assert Sort("score", is_descending=True, query="kind=a").address("name") == "?kind=a&sort=name"


def test_mark_has_its_symbol():
    assert [Mark(tone, "x").symbol for tone in ("done", "part", "open", "wrong")] == list("●◐○!")


@dataclass(frozen=True)
class Row:
    sample: bool


def test_sample_is_counted_only_where_nothing_else_is():
    real, sample = Row(False), Row(True)

    assert (leaves_out([real, sample]), leaves_out([sample]), leaves_out([])) == (
        True,
        False,
        False,
    )
    assert counted([real, sample]) == [real]
    assert counted([sample]) == [sample]


def test_a_real_thing_of_which_a_fact_is_sample_is_counted():
    @dataclass(frozen=True)
    class Dated(Row):
        is_made_up: bool

    real, made_up = Dated(sample=True, is_made_up=False), Dated(sample=True, is_made_up=True)

    assert counted([real, made_up]) == [real]
    assert counted([made_up]) == [made_up]
    assert counted([]) == []
