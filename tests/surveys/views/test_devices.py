"""The pages of devices: of a wave with its keys, and of a response with what it handed in."""

import re

import pytest
from django.utils import timezone
from tests.factories import offices
from tests.factories import surveys as make

from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Parcel
from serai.surveys.models import DeviceKey, Wave

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def a_wave():
    survey = make.survey(
        kind="feedback", has_signature=False, has_clearance=False, is_anonymous=True
    )
    return make.wave(make.version(survey, xform=offices.xform(), form_id="offices"))


def test_an_officer_makes_a_waves_key_and_ends_it(client, officer):
    wave = a_wave()
    address = f"/en/surveys/waves/{wave.public_id}/devices/"
    before = client.get(address + "code.svg").status_code

    made = client.post(address, {"name": "Tablet"})
    page = text_of(client.get(address))
    code = client.get(address + "code.svg")
    key = DeviceKey.objects.get()
    ended = client.post(f"/en/surveys/keys/{key.public_id}/end/", {"back": address})

    assert (before, made.status_code, code.status_code) == (404, 303, 200)
    assert (key.wave, key.invitation) == (wave, None)
    assert re.search(r"/collect/[\w-]{32}<", page)
    assert f'src="{address}code.svg"' in page
    assert (ended.status_code, ended.headers["Location"]) == (303, address)
    key.refresh_from_db()
    assert key.revoked_at is not None
    assert address in text_of(client.get(f"/en/surveys/waves/{wave.public_id}/"))
    assert address in text_of(client.get(f"/en/surveys/waves/{wave.public_id}/board/"))


def test_where_each_body_answers_once_the_page_makes_no_key_but_lists_theirs(client, officer):
    response, lead = offices.begun()
    actions.make_key(invitation=response.invitation, name="Theirs", by=lead, now=make.NOON)
    address = f"/en/surveys/waves/{response.wave.public_id}/devices/"

    page, refused = text_of(client.get(address)), client.post(address, {"name": "Mine"})

    place = response.invitation.organisation.names.pick("en")[0]
    assert f"<strong>Theirs</strong> · {place}" in page
    assert 'name="name"' not in page
    assert refused.status_code == 422
    assert DeviceKey.objects.count() == 1


def test_a_lead_reads_what_is_wrong_with_what_its_device_handed_in(client, sign_in):
    response, lead = offices.begun()
    key, _secret = actions.make_key(
        invitation=response.invitation, name="Tablet", by=lead, now=timezone.now()
    )
    xml = '<data id="offices" version="1"><meta><instanceID>uuid:1</instanceID></meta></data>'
    stored = actions.receive(key=key, parcel=Parcel(xml.encode()), now=timezone.now()).submission
    actions.apply_submission(submission_id=stored.pk, now=timezone.now())
    sign_in(response.invitation.lead)

    page = text_of(client.get(f"/en/surveys/responses/{response.public_id}/devices/"))

    assert "<code>uuid:1</code>" in page
    assert (
        'A required answer is missing: <bdi class="long">Name of the office</bdi> '
        f'<small class="muted"><code>{offices.NAME.path}</code></small>'
    ) in page


@pytest.mark.parametrize(
    ("verb", "state", "said"),
    [("take_in", "handed_in", "Looked at by"), ("leave_out", "withdrawn", "left out")],
)
def test_an_officer_decides_on_what_came_late(client, officer, verb, state, said):
    wave = a_wave()
    by = viewer_of(officer, timezone.now())
    key, _secret = actions.make_wave_key(wave=wave, name="Tablet", by=by, now=timezone.now())
    Wave.objects.filter(pk=wave.pk).update(state="closed")
    key.refresh_from_db()
    xml = (
        '<data id="offices" version="1"><office><name>A</name><staff>1</staff></office>'
        "<meta><instanceID>uuid:1</instanceID></meta></data>"
    )
    stored = actions.receive(key=key, parcel=Parcel(xml.encode()), now=timezone.now()).submission
    actions.apply_submission(submission_id=stored.pk, now=timezone.now())
    home = f"/en/surveys/waves/{wave.public_id}/devices/"
    page = text_of(client.get(home))
    door = f"/en/surveys/submissions/{stored.public_id}/"

    nothing = client.post(door, {"do": "x"})
    done = client.post(door, {"do": verb})
    again = client.post(door, {"do": verb}, follow=True)

    stored.step.refresh_from_db()
    assert f'action="{door}"' in page
    assert 'value="take_in"' in page
    assert (nothing.headers["Location"], done.headers["Location"]) == (home, home)
    assert (stored.step.state, stored.step.response.state) == ("applied", state)
    assert "It does not need a look any more." in text_of(again)
    assert said in text_of(client.get(home))


def test_a_lead_says_that_what_is_flagged_is_looked_at(client, sign_in):
    response, lead = offices.begun()
    key, _secret = actions.make_key(
        invitation=response.invitation, name="Tablet", by=lead, now=timezone.now()
    )
    xml = '<data id="offices" version="1"><meta><instanceID>uuid:1</instanceID></meta></data>'
    stored = actions.receive(key=key, parcel=Parcel(xml.encode()), now=timezone.now()).submission
    actions.apply_submission(submission_id=stored.pk, now=timezone.now())
    sign_in(response.invitation.lead)
    home = f"/en/surveys/responses/{response.public_id}/devices/"
    page = text_of(client.get(home))

    done = client.post(f"/en/surveys/submissions/{stored.public_id}/", {"do": "look"})

    stored.step.refresh_from_db()
    assert 'value="look"' in page
    assert 'value="take_in"' not in page
    assert (done.status_code, done.headers["Location"]) == (303, home)
    assert (stored.step.state, stored.step.looked_by) == ("applied", response.invitation.lead)
    assert "Looked at by" in text_of(client.get(home))
