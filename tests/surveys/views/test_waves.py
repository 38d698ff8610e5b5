"""Waves: planned, sent, watched, given more time, closed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import members as people
from tests.factories import programme as plan
from tests.factories import surveys as make

from serai.base.jobs import run_ready
from serai.base.models import Message as Letter
from serai.surveys import queries
from serai.surveys.models import Response, Wave

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
LATER = TODAY + timedelta(days=30)


def text_of(answer):
    return answer.content.decode()


def given(version, **fields):
    defaults = {
        "title_en": "First round", "version": version.public_id, "opens_on": TODAY.isoformat(),
        "due_on": LATER.isoformat(), "grace_days": "3", "remind_days": "14, 5; 1, \u22123",
        "reply_to": "desk@secretariat.example", "milestone": "",
    }  # fmt: skip
    return defaults | fields


@pytest.fixture
def wave(officer):
    """A planned wave that opens today, with one body whose letter waits."""
    found = make.wave(state="planned", opens_on=TODAY, due_on=LATER)
    make.invitation(found, state="drafted", sent_at=None, organisation=people.organisation("Roads"))
    return found


def test_a_wave_is_planned_with_a_milestone_of_its_programme(client, officer):
    version = make.version()
    milestone = plan.milestone(plan.initiative(), "30 June 2021")

    answer = client.post(
        f"/en/surveys/{version.survey.public_id}/waves/new/",
        given(version, milestone=milestone.public_id),
    )

    found = Wave.objects.get()
    assert answer.status_code == 303
    assert (found.remind_days, found.grace_days, found.due_on) == ([14, 5, 1, -3], 3, LATER)
    assert found.milestone == milestone
    assert answer["Location"] == f"/en/surveys/waves/{found.public_id}/"


def test_a_wave_that_asks_nobody_by_name_is_planned_without_letters(client, officer):
    version = make.version(
        make.survey(kind="feedback", has_signature=False, has_clearance=False, is_anonymous=True)
    )
    address = f"/en/surveys/{version.survey.public_id}/waves/new/"

    form = client.get(address).context["form"]
    page = text_of(client.post(address, given(version), follow=True))

    found = Wave.objects.get()
    assert not {"remind_days", "reply_to"} & set(form.fields)
    assert (found.remind_days, found.reply_to) == ([], "")
    assert "Make the open link next." in page
    assert f'href="/en/surveys/waves/{found.public_id}/open/">Make the open link</a>' in page
    assert "Choose whom to ask" not in page
    assert "Reminders" not in page


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        (
            {"remind_days": "soon"},
            "remind_days",
            "Write whole days by commas, such as 14, 5, 1, -3.",
        ),
        ({"remind_days": "999"}, "remind_days", "Remind within a year of the due day."),
        ({"due_on": "2020-01-01"}, "due_on", "It is due before it opens. Choose a later day."),
        ({"title_en": ""}, "title_en", "Write it in at least one language."),
    ],
)
def test_a_wave_that_does_not_fit_comes_back(client, officer, changed, field, sentence):
    version = make.version()

    answer = client.post(
        f"/en/surveys/{version.survey.public_id}/waves/new/", given(version, **changed)
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]


def test_a_wave_is_changed(client, wave):
    answer = client.post(
        f"/en/surveys/waves/{wave.public_id}/edit/", given(wave.version, title_en="Second round")
    )

    wave.refresh_from_db()
    assert (answer.status_code, str(wave.title)) == (303, "Second round")


def test_the_page_of_a_wave_says_who_is_asked_and_leads_on(client, wave):
    page = client.get(f"/en/surveys/waves/{wave.public_id}/")
    file = client.get(f"/en/surveys/waves/{wave.public_id}/?as=xlsx")

    assert page.context["reminders"] == "14, 5, 1 days before; 3 days after"
    assert "Read and send 1 letter" in text_of(page)
    assert file.headers["Content-Disposition"] == 'attachment; filename="invitations.xlsx"'


@pytest.mark.parametrize("count", [1, 3])
def test_a_wave_takes_as_many_queries_for_one_as_for_three(
    client, officer, count, django_assert_num_queries
):
    wave = make.wave()
    for _n in range(count):
        make.invitation(wave)
    address = f"/en/surveys/waves/{wave.public_id}/"
    client.get(address)

    with django_assert_num_queries(7):
        page = client.get(address)

    assert page.context["letter_count"] == count


@pytest.mark.django_db(transaction=True)
def test_letters_are_read_first_then_sent_in_the_background(client, wave):
    address = f"/en/surveys/waves/{wave.public_id}"

    preview = text_of(client.get(f"{address}/send/"))
    answer = client.post(f"{address}/send/")
    watched = client.get(f"{address}/progress/", headers={"HX-Request": "true"})
    while run_ready(now=make.NOON.replace(year=2030)):
        pass
    ended = client.get(f"{address}/progress/", headers={"HX-Request": "true"})
    plain = client.get(f"{address}/progress/")

    wave.refresh_from_db()
    assert "Offices, First round: please answer by" in preview
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}/")
    assert "0 of 1 letters." in text_of(watched)
    assert (wave.state, ended.headers["HX-Refresh"], plain.status_code) == ("open", "true", 302)
    assert Letter.objects.filter(key__startswith="surveys.invitation:").count() == 1


def test_sending_says_what_is_missing(client, wave):
    row = wave.invitations.get()
    row.lead = None
    row.save()

    page = client.get(f"/en/surveys/waves/{wave.public_id}/send/")
    answer = client.post(f"/en/surveys/waves/{wave.public_id}/send/")

    assert "nobody is named to answer for" in text_of(page)
    assert f'<a href="/en/surveys/invitations/{row.public_id}/">Roads' in page.content.decode()
    assert answer.status_code == 422
    assert answer.context["problem"] == (
        "Roads: nobody is named to answer. Choose a person or write an e-mail address."
    )


def test_more_time_closing_and_opening_again(client, officer):
    wave = make.wave(opens_on=TODAY, due_on=LATER)
    make.invitation(wave)
    address = f"/en/surveys/waves/{wave.public_id}"
    later = (LATER + timedelta(days=7)).isoformat()

    early = client.post(f"{address}/extend/", {"due_on": TODAY.isoformat()})
    more = client.post(f"{address}/extend/", {"due_on": later})
    asked = text_of(client.get(f"{address}/close/"))
    closed = text_of(client.post(f"{address}/close/", follow=True))
    again = text_of(client.post(f"{address}/close/", follow=True))
    opened = client.post(f"{address}/reopen/", {"due_on": later})

    wave.refresh_from_db()
    assert (early.status_code, more.status_code, opened.status_code) == (422, 303, 303)
    assert "1 answer is not handed in." in asked
    assert "The wave is closed." in closed
    assert "It is now “Closed”; “Closed” cannot follow." in again
    assert (wave.state, wave.due_on.isoformat()) == ("open", later)


@pytest.mark.parametrize(
    "page", ["", "edit/", "ask/", "list/", "send/", "extend/", "close/", "board/"]
)
def test_others_open_no_wave(client, sign_in, page):
    wave = make.wave()
    sign_in("lead")

    assert client.get(f"/en/surveys/waves/{wave.public_id}/{page}").status_code == 404


def test_who_asks_for_more_time_is_given_it_with_one_click(client, officer):
    wave = make.wave(state="closed", due_on=TODAY)
    row = make.invitation(wave, organisation=people.organisation("Roads"))
    make_response(row, state="filling", more_time_asked_at=make.NOON)
    address = f"/en/surveys/waves/{wave.public_id}/"
    page = client.get(address).content.decode()
    offered = re.search(r'name="due_on" value="([0-9-]+)"', page).group(1)

    refused = client.post(f"{extend_of(row)}?from=wave", {"due_on": "2020-01-01"})
    done = client.post(f"{extend_of(row)}?from=wave", {"due_on": offered})

    row.refresh_from_db()
    assert "More time is asked for" in page
    today = timezone.now().astimezone(queries.programme_clock()).date()
    assert offered == (today + timedelta(days=7)).isoformat()
    assert refused.status_code == 422
    assert (done.status_code, done["Location"]) == (303, address)
    assert (row.due_on.isoformat(), row.has_late_day) == (offered, True)
    assert "More time is asked for" not in client.get(address).content.decode()


def make_response(row, **fields):
    return Response.objects.create(
        wave=row.wave, invitation=row, version=row.wave.version, **fields
    )


def extend_of(row):
    return f"/en/surveys/invitations/{row.public_id}/extend/"
