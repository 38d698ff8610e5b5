"""An issued report is put before a meeting from its own page."""

import pytest
from tests.factories.members import person_with
from tests.factories.programme import initiative, item, meeting
from tests.factories.reports import run
from tests.factories.signed_in import sign_in

from serai.programme.models import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def virtual(db):
    return initiative("virtual-carec")


def test_an_officer_puts_a_report_on_the_agenda_of_a_coming_meeting(client):
    made, entry = run("issued"), item(meeting())
    item(meeting(state="held"))
    sign_in(client, person_with("officer"))
    address = f"/en/reports/{made.public_id}/agenda/"

    form = client.get(address).context["form"]
    answer = client.post(address, {"item": entry.public_id, "title": form.initial["title"]})

    assert form.fields["item"].choices == [(entry.public_id, "SOM-2021-06, 1. Progress")]
    assert answer["Location"] == f"/en/programme/meetings/{entry.meeting.public_id}/"
    paper = Paper.objects.get()
    assert (str(paper.title), paper.audience) == ("Progress report as of 30 June 2021", "members")


def test_a_report_that_does_not_cover_the_meeting_s_readers_is_refused_beside_the_item(client):
    made, entry = run("issued", audience="secretariat"), item(meeting())
    sign_in(client, person_with("officer"))

    answer = client.post(
        f"/en/reports/{made.public_id}/agenda/", {"item": entry.public_id, "title": "Progress"}
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["item"])
    assert Paper.objects.count() == 0


def test_without_an_agenda_the_page_says_what_to_do(client):
    made = run("issued")
    sign_in(client, person_with("officer"))

    page = client.get(f"/en/reports/{made.public_id}/agenda/").content.decode()

    assert "No coming meeting has an agenda yet." in page
    assert '<form class="form"' not in page
