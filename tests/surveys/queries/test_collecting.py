"""What a device downloads, and what officers and leads see of devices."""

import hashlib

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS, NotFound
from serai.base.files import Checked, keep_checked
from serai.surveys import actions, queries
from serai.surveys.actions import Parcel
from serai.surveys.models import DeviceKey, FormFile
from serai.surveys.queries.collecting import wave_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return offices.begun()


@pytest.fixture
def made(begun):
    response, lead = begun
    return actions.make_key(invitation=response.invitation, name="Tablet", by=lead, now=make.NOON)


def submit(key, number):
    text = (
        f'<data id="offices" version="1"><meta><instanceID>uuid:{number}</instanceID></meta></data>'
    )
    return actions.receive(key=key, parcel=Parcel(text.encode()), now=make.NOON)


def test_a_key_opens_while_it_is_good(begun, made):
    _response, lead = begun
    key, secret = made
    ends = key.expires_at

    found = [
        queries.device_key(secret, make.NOON), queries.device_key(secret, ends),
        queries.device_key("short", make.NOON), queries.device_key("x" * 32, make.NOON),
        queries.device_key("x" * 65, make.NOON),
    ]  # fmt: skip
    actions.revoke_key(key=key, by=lead, now=make.NOON)

    assert found == [key, None, None, None, None]
    assert queries.device_key(secret, make.NOON) is None


def test_the_form_is_offered_with_its_hash_and_files(made):
    key, _secret = made
    version = wave_of(key).version
    without = queries.form_offered(key)
    stored = keep_checked(
        checked=Checked(b"a,b\n", "list.csv", "text/csv"), thing="surveys.formversion:1", by=None,
        now=make.NOON,
    )  # fmt: skip
    row = FormFile.objects.create(version=version, name="list.csv", file=stored, sha256="0" * 64)

    offered = queries.form_offered(key)

    md5 = hashlib.md5(version.xform.encode(), usedforsecurity=False).hexdigest()
    assert (offered.form_id, offered.version, offered.name) == ("offices", "1", "Offices")
    assert offered.hash == f"md5:{md5}"
    assert (without.has_media, offered.has_media) == (False, True)
    assert queries.media_of(key, "offices") == [row]
    assert queries.md5_of(row) == hashlib.md5(b"a,b\n", usedforsecurity=False).hexdigest()
    assert queries.xform_of(key, "offices") == version
    with pytest.raises(NotFound):
        queries.xform_of(key, "strangers")


def test_a_key_of_nothing_opens_nothing():
    with pytest.raises(NotFound):
        wave_of(DeviceKey(public_id="none"))


def test_submissions_are_for_the_surveys_officers_newest_first(begun, made):
    response, lead = begun
    key, _secret = made
    for number in (1, 2):
        submit(key, number)
    wave, officer = response.wave, people.viewer_with("officer")

    rows = queries.submissions(officer, wave)

    place = response.invitation.organisation.names.pick("en")[0]
    assert [(one.instance_id, one.device, one.place) for one in rows] == [
        ("uuid:2", "Tablet", place), ("uuid:1", "Tablet", place),
    ]  # fmt: skip
    for viewer in (lead, people.viewer_with("focal_point", "GEO"), ANONYMOUS):
        assert queries.submissions(viewer, wave) == []


def test_submissions_cost_the_same_for_one_and_three(begun, made, django_assert_num_queries):
    response, _lead = begun
    officer = people.viewer_with("officer")
    submit(made[0], 1)
    with django_assert_num_queries(1):
        queries.submissions(officer, response.wave)
    submit(made[0], 2)
    submit(made[0], 3)

    with django_assert_num_queries(1):
        rows = queries.submissions(officer, response.wave)

    assert len(rows) == 3


def test_keys_are_seen_and_ended_by_lead_and_officers(begun, made):
    response, lead = begun
    key, asked = made[0], response.invitation
    officer, other = people.viewer_with("officer"), people.viewer_with("lead")

    seen = [queries.keys_of(one, asked) for one in (lead, officer, other)]

    assert seen == [[key], [key], []]
    assert queries.own_key(lead, key.public_id) == key
    with pytest.raises(NotFound):
        queries.own_key(other, key.public_id)
    with pytest.raises(NotFound):
        queries.own_key(lead, "nowhere")
