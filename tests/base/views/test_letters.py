import pytest
from django.test import Client
from tests.factories.members import person

from serai.base.mail.stopping import stop_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


def test_opening_the_link_changes_nothing(strict):
    reader = person()

    page = strict.get(f"/en/letters/stop/{stop_token(reader.pk, 'meetings')}/")

    reader.refresh_from_db()
    assert (page.status_code, reader.muted_topics) == (200, [])
    assert "<h1>Stop these letters?</h1>" in page.content.decode()


def test_the_button_or_the_mail_program_turns_the_topic_off(strict):
    reader = person()
    address = f"/en/letters/stop/{stop_token(reader.pk, 'meetings')}/"

    page = strict.post(address, {"List-Unsubscribe": "One-Click"})

    reader.refresh_from_db()
    assert (page.status_code, reader.muted_topics) == (200, ["meetings"])
    assert "<h1>No more letters on this</h1>" in page.content.decode()
    assert (
        strict.post(f"/en/letters/stop/{stop_token(987_654_321, 'meetings')}/").status_code == 200
    )


def test_a_cut_link_is_not_found(strict):
    assert strict.get("/en/letters/stop/abc/").status_code in {302, 404}
    assert strict.post("/en/letters/stop/abc/").status_code in {302, 404}
