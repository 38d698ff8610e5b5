"""What the keeper of an installation sees."""

from datetime import timedelta

import pytest
from tests.factories.members import person, person_with
from tests.factories.reports import NOON
from tests.home.test_actions import letter

from serai.base import audit
from serai.base.access import Denied, NotFound
from serai.base.audit import Fault, Head, Verdict
from serai.base.installation import describe, installation
from serai.base.jobs import enqueue
from serai.base.models import Job
from serai.base.shown import Sort
from serai.home import queries
from serai.members.queries import viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(noon):
    return viewer_of(person_with("administrator"), noon)


@pytest.fixture
def officer(noon):
    return viewer_of(person_with("officer"), noon)


def job(state: str = "ready", **fields) -> Job:
    enqueue("base.prune", key=f"key:{Job.objects.count()}")
    made = Job.objects.latest("id")
    Job.objects.filter(pk=made.pk).update(state=state, **fields)
    return Job.objects.get(pk=made.pk)


def test_nobody_else_reads_the_keepers_pages(officer, noon, tmp_path):
    for read in (
        lambda: queries.status_page(officer, tmp_path, noon),
        lambda: queries.jobs(officer, 1),
        lambda: queries.box(officer, 1, with_text=True),
        lambda: queries.audit_entries(officer, "", 1),
    ):
        with pytest.raises(Denied):
            read()


def test_the_status_counts_what_waits_and_names_the_chain(keeper, noon, tmp_path):
    job("ready")
    job("failed")
    job("failed")
    letter(person(), noon, state="queued")

    page = queries.status_page(keeper, tmp_path, noon)

    found = page.health
    assert found.jobs == (("Failed", 2), ("Waits", 1))
    assert found.letters == (("Waits", 1),)
    assert (page.chain.word, page.unsealed_count, page.faults) == ("The chain is whole", 0, ())
    assert {mark.tone for reading, mark in found.readings if reading.is_well} <= {"done"}
    assert {mark.tone for reading, mark in found.readings if not reading.is_well} <= {"wrong"}
    assert [reading.name for reading, _mark in found.readings][:3] == [
        "Database", "Migrations", "Data folder",
    ]  # fmt: skip
    assert len(found.readings) == 9


def test_the_status_says_which_installation_this_is(keeper, noon, tmp_path):
    describe(mode="production", preset="carec")

    page = queries.status_page(keeper, tmp_path, noon)

    assert (page.mode, page.preset) == ("A live installation", "carec")
    assert page.number == str(installation().uuid)


def test_lines_without_a_seal_are_no_broken_chain(keeper, noon, tmp_path):
    audit.record(by=None, verb="begin", thing="base.installation:1", at=noon - timedelta(hours=1))

    page = queries.status_page(keeper, tmp_path, noon)

    assert (page.chain.tone, page.chain.word) == (
        "attention", "The latest lines are not sealed yet",
    )  # fmt: skip
    assert (page.unsealed_count, page.faults) == (1, ())


def test_an_altered_line_breaks_the_chain(keeper, noon, tmp_path, monkeypatch):
    broken = Fault("altered", 7, 3, "Entry 7 (close survey:3, seal 3): altered.")
    waiting = Fault("unsealed", 8, None, "Entry 8 (close survey:3): inserted without a seal.")
    verdict = Verdict(3, Head(3, "0" * 64), (broken, waiting))
    monkeypatch.setattr("serai.home.queries.keeping.verify", lambda now: verdict)

    page = queries.status_page(keeper, tmp_path, noon)

    assert (page.chain.tone, page.chain.word) == ("wrong", "The chain is broken")
    assert (page.unsealed_count, page.faults) == (1, (broken.sentence,))


@pytest.mark.parametrize(
    ("state", "tone", "word", "may_run_again"),
    [
        ("ready", "open", "Waits", False),
        ("running", "part", "Runs", False),
        ("done", "done", "Done", False),
        ("failed", "wrong", "Failed", True),
        ("cancelled", "planned", "Cancelled", False),
    ],
)
def test_a_job_in_words(keeper, state, tone, word, may_run_again):
    lease = {"token": "t", "lease_until": NOON} if state == "running" else {}
    kept = job(state, error="Traceback\nOSError: disk full\n", **lease)

    (row,) = queries.jobs(keeper, 1).object_list

    assert (row.id, row.name, row.mark.tone, row.mark.word) == (
        kept.public_id, "base.prune", tone, word,
    )  # fmt: skip
    assert (row.may_run_again, row.error) == (may_run_again, "OSError: disk full")


@pytest.mark.parametrize("count", [1, 3])
def test_jobs_take_two_queries(keeper, count, django_assert_num_queries):
    for _number in range(count):
        job()

    with django_assert_num_queries(2):
        page = queries.jobs(keeper, 1)

    assert len(page.object_list) == count


def test_a_page_beyond_the_end_is_the_latest(keeper, monkeypatch):
    monkeypatch.setattr("serai.home.queries.keeping.ROWS", 2)
    made = [job() for _number in range(3)]

    page = queries.jobs(keeper, 99)

    assert (page.number, [row.id for row in page.object_list]) == (2, [made[0].public_id])
    assert page.paginator.count == 3


def test_a_job_is_seen_by_its_asker_and_by_administrators(keeper, officer):
    kept = job(asked_by_id=officer.person_id)

    assert queries.job(officer, kept.public_id) == kept
    assert queries.job(keeper, kept.public_id) == kept


def test_a_job_is_missing_for_everybody_else(officer, noon):
    mine, anybodys = job(asked_by_id=officer.person_id), job()
    other = viewer_of(person_with("officer"), noon)

    for viewer, number in ((other, mine.public_id), (other, anybodys.public_id), (other, "none")):
        with pytest.raises(NotFound):
            queries.job(viewer, number)


def test_own_letters_only_with_their_words(noon):
    me = person()
    letter(me, noon, text="For me.")
    letter(person(), noon, text="Not for me.")

    (row,) = queries.letters_of(viewer_of(me, noon), 1).object_list

    assert (row.text, row.subject, row.address) == ("For me.", "News", me.email)


def test_the_box_hides_words_unless_it_is_a_trial(keeper, noon):
    letter(person(), noon, state="failed", reply="550 no such user")

    (shut,) = queries.box(keeper, 1, with_text=False).object_list
    (open_,) = queries.box(keeper, 1, with_text=True).object_list

    assert (shut.subject, shut.text) == ("", "")
    assert (open_.subject, open_.text) == ("News", "All is well.")
    assert (shut.mark.tone, shut.mark.word, shut.may_send_again, shut.reply) == (
        "wrong", "Failed", True, "550 no such user",
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_the_box_takes_two_queries(keeper, noon, count, django_assert_num_queries):
    to = person()
    for _number in range(count):
        letter(to, noon)

    with django_assert_num_queries(2):
        page = queries.box(keeper, 1, with_text=True)

    assert len(page.object_list) == count


def test_a_letter_of_the_box_is_missing_for_others(keeper, officer, noon):
    kept = letter(person(), noon)

    assert queries.letter(keeper, kept.pk) == kept
    for viewer, number in ((officer, kept.pk), (keeper, kept.pk + 1)):
        with pytest.raises(NotFound):
            queries.letter(viewer, number)


def test_the_audit_log_is_searched_by_act_and_thing(keeper, noon):
    audit.record(by=7, verb="close_survey", thing="surveys.survey:3", at=noon,
                 before={"state": "open"}, after={"state": "closed", "n": 2})  # fmt: skip
    audit.record(by=None, verb="seal", thing="base.audit:1", at=noon)

    by_act = queries.audit_entries(keeper, "survey", 1).object_list
    by_thing = queries.audit_entries(keeper, "base.audit", 1).object_list
    everything = queries.audit_entries(keeper, "", 1)

    assert [(r.by, r.verb, r.thing, r.before, r.after) for r in by_act] == [
        (7, "close_survey", "surveys.survey:3", "state open", "n 2, state closed")
    ]
    assert [(row.by, row.verb, row.before, row.after) for row in by_thing] == [
        (None, "seal", "", "")
    ]
    newest = [row.id for row in everything.object_list]
    assert newest == sorted(newest, reverse=True)
    oldest = [row.id for row in queries.audit_entries(keeper, "", 1, Sort("number")).object_list]
    assert oldest == newest[::-1]


def test_of_answers_in_the_audit_log_the_numbers_are_shown_without_their_digests(keeper, noon):
    digests = {"10": "2:4866fa80", "9": "2:ff989f12"}
    audit.record(by=7, verb="answer", thing="surveys.response:3", at=noon,
                 after={"sample": True, "answers": digests})  # fmt: skip

    (row,) = queries.audit_entries(keeper, "answer", 1).object_list

    assert row.after == "answers 9 10, sample True"


@pytest.mark.parametrize("count", [1, 3])
def test_the_audit_log_takes_two_queries(keeper, noon, count, django_assert_num_queries):
    for number in range(count):
        audit.record(by=None, verb="counted", thing=f"tests.thing:{number}", at=noon)

    with django_assert_num_queries(2):
        page = queries.audit_entries(keeper, "counted", 1)

    assert len(page.object_list) == count
