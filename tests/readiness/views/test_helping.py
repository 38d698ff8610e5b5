"""The help desk's doors: the list with its picture, asking, one request, taking it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories import members as people
from tests.factories import readiness as make

from serai.readiness.models import HelpRequest

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("readiness:help"), reverse("readiness:ask_help")


def at(name, thing):
    return reverse(f"readiness:{name}", args=[thing.public_id])


@pytest.fixture
def officer(signed_in):
    return signed_in(people.person_with("officer"))


def test_the_empty_list_says_what_to_do(client, signed_in):
    place = make.office()
    signed_in(people.person_with("lead", place.organisation))
    assert "or ask" in client.get(LIST).content.decode()
    signed_in(make.technician())
    assert "Requests of agencies appear here" in client.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_of_one_as_of_three(officer, count, django_assert_num_queries):
    for _ in range(count):
        make.help_request()
    officer.get(LIST)

    with django_assert_num_queries(7):
        page = officer.get(LIST)

    assert len(page.context["table"].rows) == count


def test_the_picture_counts_open_requests_by_state_and_age(officer):
    long_ago = make.NOON - timedelta(days=400)
    make.help_request(moved_at=long_ago)
    make.help_request(moved_at=long_ago)
    make.help_request(state="waiting", moved_at=long_ago)
    make.help_request(state="closed", moved_at=long_ago)

    table = officer.get(LIST).context["picture"].table

    assert [[str(cell) for cell in row] for row in table.cells()] == [
        ["New", "0", "0", "0", "2"], ["Waits for the agency", "0", "0", "0", "1"],
    ]  # fmt: skip


def test_without_an_open_request_there_is_no_picture(officer):
    make.help_request(state="closed")

    assert officer.get(LIST).context["picture"] is None


def test_the_list_is_narrowed_and_says_when_nothing_fits(officer):
    make.help_request(subject="No sound at all")

    assert "No sound at all" in officer.get(f"{LIST}?words=SOUND&state=open").content.decode()
    for query in ("words=picture", "state=closed", "kind=consultancy"):
        assert "No request fits" in officer.get(f"{LIST}?{query}").content.decode()
    assert "No sound at all" in officer.get(f"{LIST}?state=nonsense").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_a_file(officer, kind):
    make.help_request()

    assert officer.get(f"{LIST}?as={kind}")["Content-Disposition"].endswith(f'{kind}"')


def test_help_is_asked_for_and_what_was_written_stays_when_something_lacks(client, signed_in):
    place = make.office(name="Head office")
    ahead = make.event_with(place).plan
    signed_in(people.person_with("lead", place.organisation))
    given = {
        "office": place.public_id, "plan": ahead.public_id, "kind": "consultancy",
        "priority": "high", "subject": "Which camera?",
    }  # fmt: skip

    assert client.get(NEW).status_code == 200
    refused = client.post(NEW, given)
    assert refused.status_code == 422
    assert "Which camera?" in refused.content.decode()
    answer = client.post(NEW, given | {"text": "For twelve seats."})

    made = HelpRequest.objects.get()
    assert answer.headers["Location"] == at("help_request", made)
    assert (made.plan, made.kind, made.priority) == (ahead, "consultancy", "high")
    page = client.get(at("help_request", made)).content.decode()
    assert "For twelve seats." in page
    assert "nobody yet" in page


def test_who_has_no_office_is_told_so(officer):
    assert "Only people of an organisation" in officer.get(NEW).content.decode()


def test_a_technician_takes_it_works_and_the_agency_settles_it(client, signed_in):
    asked = make.help_request()
    technician = make.technician(full_name="Timur T.")
    signed_in(technician)
    here = at("help_request", asked)
    assert "Give it to them" in client.get(here).content.decode()
    assert client.get(at("take_help", asked)).status_code == 200
    assert client.post(at("take_help", asked), {"technician": ""}).status_code == 422
    client.post(at("take_help", asked), {"technician": technician.pk})
    assert client.post(here, {"state": "in_work"}).status_code == 303
    assert client.post(here, {"state": "waiting"}).status_code == 422
    assert client.post(here, {"state": "", "text": "Wait a bit."}).status_code == 303
    client.post(here, {"state": "solved", "text": "Choose the other microphone."})

    signed_in(people.person_with("contributor", asked.office.organisation))
    page = client.get(here).content.decode()
    assert "Timur T." in page
    assert "five days after" in page
    client.post(here, {"state": "closed"})
    assert "No, open it again" in client.get(here).content.decode()

    signed_in(technician)
    assert client.get(here).status_code == 404


def test_an_officer_of_another_initiative_finds_nothing(signed_in):
    asked = make.help_request()
    client = signed_in(people.person_with("officer", "startup-hub"))

    assert client.get(at("help_request", asked)).status_code == 404
