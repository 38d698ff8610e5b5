"""Open links made, ended and come by; pages of it stand in `views/test_open_links.py`."""

from datetime import date, timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.members.queries import token_hash
from serai.surveys import actions
from serai.surveys.access import hash_of
from serai.surveys.actions import Refused
from serai.surveys.models import Invitation

pytestmark = pytest.mark.django_db


def a_wave(kind="feedback", **fields):
    programme()
    survey = make.survey(
        kind=kind, has_signature=False, has_clearance=False, is_anonymous=kind == "feedback"
    )
    return make.wave(make.version(survey), **fields)


def linked(wave):
    return actions.make_open_link(wave=wave, by=people.viewer_with("officer"), now=make.NOON)


def test_only_officers_make_and_end_links():
    wave = a_wave()

    for act in (actions.make_open_link, actions.end_open_link):
        with pytest.raises(Denied):
            act(wave=wave, by=people.viewer_with("focal_point", "GEO"), now=make.NOON)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "closed"}, "This wave is closed"),
        ({"state": "planned", "opens_on": date(2021, 3, 9)}, "It does not open yet"),
    ],
)
def test_no_link_is_made_before_or_after_its_time(fields, words):
    with pytest.raises(Refused, match=words):
        linked(a_wave(**fields))


def test_a_planned_round_with_letters_to_send_opens_by_them_alone():
    wave = a_wave("application", state="planned")
    make.invitation(wave, state="drafted")

    with pytest.raises(Refused, match="Send the letters first"):
        linked(wave)


def test_a_link_keeps_its_hash_alone():
    wave = a_wave()

    token = linked(wave)

    wave.refresh_from_db()
    assert wave.open_token_hash == token_hash(token)
    assert token not in str(list(AuditEntry.objects.values_list("after", "verb", "thing")))


def test_who_begins_without_a_name_holds_it_by_a_secret():
    token = linked(a_wave())

    made, secret = actions.begin_without_name(token=token, language="ru", now=make.NOON)

    made.refresh_from_db()
    assert made.holder_hash == hash_of(secret)
    assert (made.person_id, made.invitation_id, made.language) == (None, None, "ru")


def test_where_answers_bear_a_name_nobody_begins_without():
    token = linked(a_wave("application"))

    with pytest.raises(Refused, match="Here the answers bear a name"):
        actions.begin_without_name(token=token, language="en", now=make.NOON)


def test_an_ended_round_takes_nobody_in():
    token = linked(a_wave("application"))
    late = make.NOON + timedelta(days=60)

    with pytest.raises(Refused, match="It is closed since"):
        actions.ask_private_link(token=token, email="a@example.org", language="en", now=late)


def test_who_declined_or_was_cancelled_may_come_again():
    wave = a_wave("application")
    token, by = linked(wave), people.viewer_with("contributor", people.organisation())
    for state in ("cancelled", "declined"):
        Invitation.objects.create(wave=wave, lead_id=by.person_id, state=state)

    response = actions.begin_by_name(token=token, language="en", by=by, now=make.NOON)

    states = Invitation.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["cancelled", "opened"]
    assert response.invitation.expires_at > make.NOON


def test_a_survey_without_names_asks_nobody_by_name():
    wave = a_wave()

    with pytest.raises(Refused, match="Here nobody is asked by name"):
        actions.invite(
            wave=wave, wanted=[actions.Wanted(people.organisation())],
            by=people.viewer_with("officer"), now=make.NOON,
        )  # fmt: skip
