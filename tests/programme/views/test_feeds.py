"""What a calendar reads: stable bytes, 304, 410, only what the owner may see."""

from datetime import date, datetime, timedelta

import icalendar
import pytest
from tests.factories.members import viewer_with
from tests.factories.programme import NOON, initiative, milestone

from serai.programme import actions
from serai.programme.actions.feeds import token_hash
from serai.programme.models import CalendarFeed
from serai.programme.views.feeds import IN_SESSION

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    one = initiative("virtual-carec")
    milestone(one, words="22 June 2021")
    milestone(one, words="end of June 2021")
    milestone(one, words="2022", audience="secretariat")
    return actions.make_feed(scope="all", by=viewer_with(), now=NOON)


def test_a_feed_reads_back_with_equal_dates(client, made):
    answer = client.get(f"/en/programme/calendars/{made.token}.ics")

    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    found = sorted((e["DTSTART"].dt, e["DTEND"].dt, str(e["STATUS"])) for e in events)
    assert found == [
        (date(2021, 6, 21), date(2021, 7, 1), "TENTATIVE"),
        (date(2021, 6, 22), date(2021, 6, 23), "CONFIRMED"),
    ]


def test_an_unchanged_feed_answers_304(client, made):
    address = f"/en/programme/calendars/{made.token}.ics"
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address).content == first.content


def test_a_revoked_link_is_gone(client, made):
    actions.revoke_feed(
        feed=made.feed,
        by=type("V", (), {"person_id": made.feed.person_id})(),  # the owner alone matters
        now=NOON,
    )

    assert client.get(f"/en/programme/calendars/{made.token}.ics").status_code == 410


def test_an_unknown_link_is_not_found(client):
    assert client.get("/en/programme/calendars/nothing.ics").status_code == 404


def test_a_link_made_twice_by_a_double_click_is_one_and_still_shown(client, officer):
    given = {"scope": "all", "receipt": "k" * 32}

    answers = [client.post("/en/programme/calendars/", given) for _ in range(2)]
    page = client.get("/en/programme/calendars/")

    feed = CalendarFeed.objects.get()
    token = page.context["address"].rpartition("/")[2].removesuffix(".ics")
    assert {(a.status_code, a["Location"]) for a in answers} == {(303, "/en/programme/calendars/")}
    assert (feed.token_hash, page.headers["Cache-Control"]) == (token_hash(token), "no-store")
    assert page.context["address"] in page.content.decode()


def test_the_address_of_a_new_link_is_gone_after_ten_minutes_or_with_the_link(client, officer):
    client.post("/en/programme/calendars/", {"scope": "all"})
    client.post(f"/en/programme/calendars/{CalendarFeed.objects.get().public_id}/revoke/")
    revoked = client.get("/en/programme/calendars/").context["address"]
    client.post("/en/programme/calendars/", {"scope": "all"})
    session = client.session
    made_at = datetime.fromisoformat(session[IN_SESSION]["made_at"]) - timedelta(minutes=11)
    session[IN_SESSION] |= {"made_at": made_at.isoformat()}
    session.save()

    late = client.get("/en/programme/calendars/").context["address"]

    assert (revoked, late, IN_SESSION in client.session) == ("", "", False)
