"""Files on disk and in rows: kept once, removed with their last row."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from tests.factories.files import PDF, photo

from serai.base import files
from serai.base.access import NotFound
from serai.base.models import FileState, StoredFile

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def keep(content: bytes = PDF, name: str = "a.pdf", **changes: object) -> StoredFile:
    given: dict = {"thing": "base.thing:1", "by": None, "now": NOON} | changes
    return files.keep_file(file=io.BytesIO(content), name=name, **given)


def receive(content: bytes, name: str) -> StoredFile:
    return files.receive_file(content=content, name=name, thing="base.thing:1", by=None, now=NOON)


def on_disk(folder) -> list[str]:
    return sorted(place.name for place in folder.rglob("*") if place.is_file())


def test_a_checked_file_is_kept_by_its_sum(folder):
    stored = keep()

    assert (stored.state, stored.bytes, stored.media_type) == (
        "checked",
        len(PDF),
        "application/pdf",
    )
    assert on_disk(folder) == [stored.sha256]
    assert files.place_of(stored.storage_key).read_bytes() == PDF
    assert files.place_of(stored.storage_key).stat().st_mode & 0o777 == 0o600


def test_a_refused_file_leaves_nothing(folder):
    with pytest.raises(files.Refused):
        keep(b"hello")

    assert on_disk(folder) == []
    assert StoredFile.objects.count() == 0


def test_equal_bytes_lie_once_and_go_with_their_last_row(
    folder, django_capture_on_commit_callbacks
):
    first, second = keep(), keep(name="b.pdf")

    with django_capture_on_commit_callbacks(execute=True):
        files.remove_file(stored=first)
    assert on_disk(folder) == [second.sha256]
    with django_capture_on_commit_callbacks(execute=True):
        files.remove_file(stored=second)

    assert on_disk(folder) == []
    assert list(StoredFile.objects.values_list("state", "storage_key")) == [("removed", "")] * 2


def test_removing_twice_changes_nothing():
    stored = files.remove_file(stored=keep())

    assert files.remove_file(stored=stored).state == FileState.REMOVED


def test_a_received_photo_is_checked_and_cleaned(folder, django_capture_on_commit_callbacks):
    stored = receive(photo(), "a.jpg")
    before = stored.sha256

    with django_capture_on_commit_callbacks(execute=True):
        stored = files.check_received(file_id=stored.pk)

    assert (stored.state, stored.media_type) == ("checked", "image/jpeg")
    assert on_disk(folder) == [stored.sha256] != [before]


def test_a_received_bad_file_is_refused_and_its_bytes_go(
    folder, django_capture_on_commit_callbacks
):
    stored = receive(b"hello", "a.pdf")

    with django_capture_on_commit_callbacks(execute=True):
        stored = files.check_received(file_id=stored.pk)
        again = files.check_received(file_id=stored.pk)

    assert (stored.state, stored.refusal, stored.storage_key) == ("refused", "unlike", "")
    assert again.refusal == "unlike"
    assert on_disk(folder) == []


def test_only_checked_files_can_be_opened():
    checked, received = keep(), receive(PDF, "b.pdf")

    assert files.stored_file(checked.public_id) == checked
    assert files.files_of("base.thing:1") == [checked]
    with pytest.raises(NotFound):
        files.stored_file(received.public_id)


def test_bytes_go_once_no_row_keeps_them(folder, django_capture_on_commit_callbacks):
    own, alone, equal = keep(), keep(photo(), "a.jpg", sample=True), keep(sample=True)

    with django_capture_on_commit_callbacks(execute=True):
        StoredFile.objects.filter(sample=True).delete()
        for file in (alone, equal):
            files.drop_unused(file.storage_key)

    assert on_disk(folder) == [own.sha256] == [equal.sha256] != [alone.sha256]


def test_a_download_is_never_a_page():
    response = files.answer_file(keep(name='план "1".pdf', sample=True))

    content = b"".join(response.streaming_content)
    response.close()

    assert content == PDF
    assert dict(response.headers) == {
        "Content-Length": str(len(PDF)),
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''sample-%D0%BF%D0%BB%D0%B0%D0%BD%20%221%22.pdf",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }


def test_a_file_whose_bytes_are_gone_is_not_found():
    stored = keep()
    files.place_of(stored.storage_key).unlink()

    with pytest.raises(NotFound):
        files.answer_file(stored)


def test_bytes_made_just_now_are_downloads_too():
    response = files.answer_download(b"a", "a.csv", "text/csv; charset=utf-8")

    assert response.headers["Content-Disposition"] == 'attachment; filename="a.csv"'
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_files_of_a_kind_of_thing_are_found_by_when_they_came():
    later = NOON + timedelta(minutes=1)
    first = keep(thing="surveys.export:1")
    second = keep(thing="surveys.export:2", now=later)
    other = keep(thing="surveys.exported:1")
    files.remove_file(stored=keep(thing="surveys.export:1"))

    assert files.files_before("surveys.export", NOON) == []
    assert files.files_before("surveys.export", later) == [first]
    assert files.files_before("surveys.export", later + timedelta(minutes=1)) == [first, second]
    assert files.files_before("surveys.exported", later) == [other]
