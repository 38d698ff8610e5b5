"""From a cleared run to its files, letters and search entry."""

from datetime import timedelta

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from tests.factories.members import person_with
from tests.factories.programme import initiative, milestone
from tests.factories.reports import NOON, coordinator, issued_run, officer, run

from serai.base import search
from serai.base.jobs import run_ready
from serai.base.models import AuditEntry, Message
from serai.base.typst import TypesetFailed
from serai.reports import actions
from serai.reports.access import audience_viewer
from serai.reports.actions import files
from serai.reports.actions.documents import documents_in, sha256
from serai.reports.models import Run
from serai.reports.states import FileFormat, RunState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    milestone(initiative("virtual-carec"), "22 June 2021")


def stored(file) -> bytes:
    with default_storage.open(file.storage_key) as kept:
        return kept.read()


@pytest.mark.django_db(transaction=True)
def test_the_job_issues_a_cleared_run():
    reader = person_with("committee", "MNG")
    made, by = run(RunState.CLEARED, languages=["en", "ru"]), coordinator()
    actions.issue_run(run=made, by=by, now=NOON)

    names = run_ready(queues=("documents",), now=NOON)

    made.refresh_from_db()
    assert names == ["reports.build_run"]
    assert (made.state, made.problem, made.issued_by_id) == ("issued", "", by.person_id)
    assert made.snapshot_sha256 == sha256(made.snapshot.encode())
    assert sorted((f.language, f.format) for f in made.files.all()) == [
        (language, format_) for language in ("en", "ru") for format_ in ("docx", "html", "pdf")
    ]  # fmt: skip
    assert all(sha256(stored(f)) == f.sha256 and len(stored(f)) == f.bytes
               for f in made.files.all())  # fmt: skip
    letter = Message.objects.get(person_id=reader.pk, key=f"reports.issued:{made.pk}:{reader.pk}")
    assert made.snapshot_sha256 in letter.text
    assert [a["name"] for a in letter.attachments] == ["report-1.en.pdf"]


def test_the_pages_of_a_pdf_are_counted():
    made = issued_run()
    file = made.files.get(format="pdf")

    with default_storage.open(file.storage_key) as kept:
        assert file.pages == len(pypdf.PdfReader(kept).pages)


def test_an_issued_run_is_found_by_its_readers_only():
    made = issued_run()

    hits = search.search(audience_viewer("members"), "progress report", "en")

    assert [(hit.thing, hit.address) for hit in hits] == [
        (f"reports.run:{made.pk}", f"/en/reports/{made.public_id}/read/")
    ]
    assert search.search(audience_viewer("public"), "progress report", "en") == []


def test_a_failed_format_leaves_the_run_cleared_and_keeps_the_others(monkeypatch):
    def fail(document, format_):
        if format_ is FileFormat.PDF:
            raise TypesetFailed("the page is too small")
        return b"<html>" if format_ is FileFormat.HTML else real(document, format_)

    real = files.render
    monkeypatch.setattr(files, "render", fail)

    made = issued_run()

    assert (made.state, made.issued_at, made.snapshot) == ("cleared", None, "")
    assert made.problem == "PDF (en): the page is too small"
    assert sorted(f.format for f in made.files.all()) == ["docx", "html"]
    assert not Message.objects.filter(key__startswith="reports.issued").exists()


def test_a_run_taken_back_meanwhile_is_not_issued():
    made = run(RunState.CLEARED)
    done = files.make_files(run=made, dated=NOON.date(), step=lambda *said: None)
    actions.reopen_run(run=made, by=officer(), now=NOON)

    files.finish_run(made=done, by=coordinator(), now=NOON)
    made.refresh_from_db()
    assert (made.state, made.files.count()) == ("in_review", 0)

    actions.clear_run(run=made, by=coordinator(), now=NOON + timedelta(minutes=5))
    files.finish_run(made=done, by=coordinator(), now=NOON)
    made.refresh_from_db()
    assert (made.state, made.files.count()) == ("cleared", 0)


def test_steps_are_told_one_by_one():
    said = []

    files.make_files(
        run=run(RunState.CLEARED), dated=NOON.date(), step=lambda *words: said.append(words)
    )

    assert said == [("Making the files of the report", n, 3, "files") for n in range(3)]


def test_a_run_with_sample_facts_is_sample_once_issued():
    milestone(initiative("digital-strategy-2030"), sample=True)

    made = issued_run()

    assert made.sample is True
    assert documents_in(made.snapshot)["en"].sample is True
    assert "Sample data: not for use." in stored(made.files.get(format="html")).decode()
    assert set(
        Message.objects.filter(key__startswith="reports.issued").values_list("sample", flat=True)
    ) <= {True}


def test_same_bytes_are_stored_once():
    made = issued_run()
    before = {f.format: f.storage_key for f in made.files.all()}
    Run.objects.filter(pk=made.pk).update(
        state="cleared", issued_at=None, snapshot_sha256="", recipe_sha256=""
    )

    again = files.make_files(
        run=Run.objects.get(pk=made.pk), dated=NOON.date(), step=lambda *said: None
    )

    assert {format_.value: key for (_l, format_), key in again.stored.items()} == before


@pytest.mark.parametrize("fault", ["changed", "missing"])
def test_a_changed_or_missing_file_is_written_into_the_audit(fault):
    made = issued_run()
    assert files.verify_files(now=NOON) == 0
    key = made.files.get(format="html").storage_key
    default_storage.delete(key)
    if fault == "changed":
        default_storage.save(key, ContentFile(b"forged"))

    assert files.verify_files(now=NOON) == 1

    line = AuditEntry.objects.latest("id")
    assert (line.verb, line.thing, line.after["format"]) == (
        "found_changed_file", f"reports.run:{made.pk}", "html",
    )  # fmt: skip
