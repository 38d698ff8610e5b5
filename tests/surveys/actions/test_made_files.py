"""Exports and copies end after a day, and with an answer that is erased."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.files import Checked, files_of, place_of
from serai.base.jobs import run_ready
from serai.base.models import AuditEntry, Job, StoredFile
from serai.members.queries import viewer_of
from serai.surveys import actions, jobs, queries
from serai.surveys.models import Answer
from serai.surveys.queries.copies import thing_of
from serai.surveys.queries.exporting import export_files

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def officer():
    return people.viewer_with("officer")


def exported(wave, officer, name="a.csv", now=make.NOON):
    return actions.keep_export(
        wave=wave, content=name.encode(), name=name, media_type="text/csv", by=officer, now=now
    )


def copied(response, by, now=make.NOON):
    checked = Checked(b"copy %d" % response.pk, "a.pdf", "application/pdf")
    return actions.keep_copy(response=response, checked=checked, by=by, now=now)


def answered(wave=None):
    return make.cleared(wave or make.wave(), {"/data/office/name": "Ann Other"})


def test_what_a_job_made_ends_after_a_day_and_nothing_else(
    officer, django_capture_on_commit_callbacks
):
    response = answered()
    wave = response.wave
    letter = StoredFile.objects.create(
        name="letter.pdf", media_type="application/pdf", bytes=1, sha256="a", storage_key="a/a",
        thing=f"surveys.response:{response.pk}", state="checked", received_at=make.NOON,
    )  # fmt: skip
    old = [exported(wave, officer), copied(response, officer)]
    places = [place_of(one.storage_key) for one in old]
    young = exported(wave, officer, "b.csv", make.NOON + timedelta(seconds=1))

    assert actions.end_made_files(now=make.NOON + DAY) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.end_made_files(now=make.NOON + DAY + timedelta(seconds=1)) == 2

    assert [one.exists() for one in places] == [False, False]
    assert export_files(officer, wave) == [young]
    assert files_of(letter.thing) == [letter]
    assert actions.end_made_files(now=make.NOON + DAY + timedelta(seconds=1)) == 0


def test_erasing_an_answer_removes_its_copies_and_the_exports_of_its_wave(officer):
    response, other = answered(), answered()
    gone = [copied(response, officer), exported(response.wave, officer)]
    stays = [copied(other, officer), exported(other.wave, officer)]

    actions.erase_answer(number=response.answers.get(value="Ann Other").pk, now=make.NOON)

    for one in (*gone, *stays):
        one.refresh_from_db()
    assert [one.state for one in gone] == ["removed", "removed"]
    assert [one.state for one in stays] == ["checked", "checked"]
    assert AuditEntry.objects.get(verb="erase_answer").after["files"] == [one.pk for one in gone]


def test_what_was_never_cleared_was_in_no_export(officer):
    wave = make.wave()
    asked = make.invitation(wave)
    lead = viewer_of(asked.lead, make.NOON)
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    kept = exported(wave, officer)
    number = response.answers.order_by("pk").values_list("pk", flat=True)[0]

    actions.erase_answer(number=number, now=make.NOON)

    assert export_files(officer, wave) == [kept]


@pytest.mark.parametrize("kind", ["export", "copy"])
def test_a_job_that_read_before_an_answer_was_erased_keeps_nothing(kind, officer, monkeypatch):
    response = answered()
    if kind == "export":
        actions.ask_export(
            wave=response.wave, kind="long", with_labels=False, language="en", by=officer,
            now=make.NOON,
        )  # fmt: skip
        where, name, read = queries, "export", queries.export
    else:
        actions.ask_copy(response=response, kind="docx", language="en", by=officer, now=make.NOON)
        where, name, read = jobs, "written", jobs.written

    def erase_meanwhile(*args):
        found = read(*args)
        number = Answer.objects.get(value="Ann Other").pk
        actions.erase_answer(number=number, now=make.NOON)
        return found

    monkeypatch.setattr(where, name, erase_meanwhile)

    while run_ready(now=make.NOON):
        pass

    job = Job.objects.get(name=f"surveys.build_{kind}")
    assert (job.state, job.error) == (
        "failed", "An answer was erased meanwhile. Ask for the file again.",
    )  # fmt: skip
    assert export_files(officer, response.wave) == files_of(thing_of(response)) == []
