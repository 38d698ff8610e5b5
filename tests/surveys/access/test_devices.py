"""Who makes and ends keys, and looks at what came flagged."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS
from serai.members.queries import viewer_of
from serai.surveys import access
from serai.surveys.models import DeviceKey, Submission, SubmissionStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return make.invitation()


@pytest.fixture
def viewers(asked):
    return {
        "lead": viewer_of(asked.lead, make.NOON),
        "officer": people.viewer_with("officer"),
        "officer of another": people.viewer_with("officer", "other"),
        "lead of another": people.viewer_with("lead"),
        "focal_point": people.viewer_with("focal_point", "GEO"),
        "visitor": ANONYMOUS,
    }


def who(rule, viewers, thing):
    return {name for name, one in viewers.items() if rule(one, thing)}


def flagged(key, wave):
    sent = Submission.objects.create(
        device_key=key, form_version=wave.version, instance_id=f"uuid:{key.pk}", xml=b"<data/>",
        sha256="0" * 64, received_at=make.NOON,
    )  # fmt: skip
    return SubmissionStep.objects.create(submission=sent, changed_at=make.NOON)


def key_of(**on):
    return DeviceKey.objects.create(
        key_hash=f"{DeviceKey.objects.count()}", made_at=make.NOON, expires_at=make.NOON, **on
    )


def test_a_lead_makes_keys_and_officers_end_them_too(asked, viewers):
    assert who(access.may_make_key, viewers, asked) == {"lead"}
    assert who(access.may_revoke_key, viewers, key_of(invitation=asked)) == {"lead", "officer"}
    assert who(access.may_revoke_key, viewers, key_of(wave=asked.wave)) == {"officer"}


def test_what_came_flagged_is_for_officers_and_the_lead_of_its_response(asked, viewers):
    step = flagged(key_of(invitation=asked), asked.wave)
    before = who(access.may_look_at, viewers, step)

    step.response = asked.responses.create(wave=asked.wave, version=asked.wave.version)

    assert before == {"officer"}
    assert who(access.may_look_at, viewers, step) == {"officer", "lead"}


def test_officers_decide_about_what_a_waves_device_left_open(asked, viewers):
    open_one = asked.wave.responses.create(version=asked.wave.version)
    nothing_came = who(access.may_decide, viewers, open_one)
    step = flagged(key_of(wave=asked.wave), asked.wave)
    step.response = open_one
    step.save()

    assert nothing_came == set()
    assert who(access.may_decide, viewers, open_one) == {"officer"}
    open_one.state = "handed_in"
    assert who(access.may_decide, viewers, open_one) == set()
