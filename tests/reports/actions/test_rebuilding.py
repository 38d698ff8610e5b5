import pytest
from tests.factories.programme import STAFF, initiative, milestone
from tests.factories.reports import NOON, coordinator, issued_run, officer, run

from serai.base.jobs import run_ready
from serai.base.models import AuditEntry
from serai.base.typst import TypesetFailed
from serai.programme import actions as programme
from serai.reports import actions
from serai.reports.actions import CannotMove, rebuilding
from serai.reports.states import FileFormat

pytestmark = pytest.mark.django_db
SAME = [{"format": f, "language": "en", "differs": []} for f in ("docx", "html", "pdf")]


@pytest.fixture(autouse=True)
def places(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    milestone(initiative("virtual-carec"), "22 June 2021")


def test_the_same_bytes_come_again_even_after_later_facts():
    made = issued_run()
    programme.propose_plan(
        milestone=milestone(initiative("b")), words="1 May 2022", by=STAFF, now=NOON
    )

    assert rebuilding.rebuild(made) == {"files": SAME, "recipe": []}


def test_what_differs_is_named(monkeypatch):
    made = issued_run()
    parts = made.files.get(format="docx")
    parts.parts["word/styles.xml"], parts.sha256 = "0", "0"
    parts.save()
    made.files.filter(format="html").update(sha256="0")
    made.recipe["fonts"] = "older"

    def render(document, format_):
        if format_ is FileFormat.PDF:
            raise TypesetFailed("no room")
        return real(document, format_)

    real = rebuilding.render
    monkeypatch.setattr(rebuilding, "render", render)

    assert rebuilding.rebuild(made) == {
        "files": [
            {"format": "docx", "language": "en", "differs": ["word/styles.xml"]},
            {"format": "html", "language": "en", "differs": ["whole"]},
            {"format": "pdf", "language": "en", "failure": "no room"},
        ],
        "recipe": ["fonts"],
    }


def test_only_an_issued_run_is_made_again():
    with pytest.raises(CannotMove, match="Only an issued report"):
        actions.ask_rebuild(run=run(), by=officer(), now=NOON)


@pytest.mark.django_db(transaction=True)
def test_the_job_keeps_what_it_found():
    made = issued_run()
    run_ready(queues=("documents",), now=NOON)  # the job that issued it finds it issued
    actions.ask_rebuild(run=made, by=coordinator(), now=NOON)

    assert run_ready(queues=("documents",), now=NOON) == ["reports.rebuild_run"]

    made.refresh_from_db()
    assert (made.rebuilt, made.rebuilt_at) == ({"files": SAME, "recipe": []}, NOON)
    assert AuditEntry.objects.filter(verb="rebuild_run").latest("id").after == {
        "files": 3, "changed": 0,
    }  # fmt: skip
