"""OpenRosa: what ODK Collect asks and hands in, each row of the interface's table."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.files import photo

from serai.base.access import Denied
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.models import (
    Answer,
    AnswerHead,
    Delegation,
    Response,
    Submission,
    SubmissionStep,
    Suggestion,
)
from serai.surveys.states import DelegationScope, DelegationState, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    # The form in the factories calls itself "offices".
    return make.invitation(make.wave(make.version(form_id="offices")))


@pytest.fixture
def lead(asked):
    return viewer_of(asked.lead, make.NOON)


@pytest.fixture
def key(asked, lead):
    made, secret = actions.make_key(invitation=asked, name="Tablet", by=lead, now=timezone.now())
    made.secret = secret
    return made


def door(key, name="submission", *words):
    return reverse(f"collect:{name}", args=[key.secret, *words])


def instance(asked, *, number="1", name="Agency", staff="12", has="no", rooms=(), extra="",
             deprecated="", version="", form_id=""):  # fmt: skip
    version = version or asked.wave.version.version
    seats = "".join(f"<room><seats>{one}</seats></room>" for one in rooms)
    old = f"<deprecatedID>uuid:{deprecated}</deprecatedID>" if deprecated else ""
    return (
        f'<data id="{form_id or asked.wave.version.form_id}" version="{version}">'
        f"<office><name>{name}</name><staff>{staff}</staff></office>"
        f"<link><has>{has}</has></link>{seats}{extra}"
        f"<meta><instanceID>uuid:{number}</instanceID>{old}</meta></data>"
    ).encode()


def send(client, key, xml, **files):
    part = SimpleUploadedFile("submission.xml", xml, "text/xml")
    return client.post(door(key), {"xml_submission_file": part, **files})


def stands():
    rows = AnswerHead.objects.select_related("answer")
    return {row.path: row.answer.value for row in rows if row.answer.value}


def test_the_list_names_the_form_its_version_and_where_to_get_it(client, key, asked):
    answer = client.get(door(key, "form_list"))

    body = answer.content.decode()
    assert answer.headers["X-OpenRosa-Version"] == "1.0"
    assert answer.headers["Date"].endswith("GMT")
    assert "<formID>offices</formID><name>Offices</name><version>1</version>" in body
    assert f"/collect/{key.secret}/forms/offices.xml</downloadUrl>" in body
    assert "manifestUrl" not in body


def test_the_form_itself_is_given(client, key, asked):
    answer = client.get(door(key, "form", "offices"))

    assert answer.content.decode() == asked.wave.version.xform


def test_another_form_is_not_known(client, key):
    assert client.get(door(key, "form", "strangers")).status_code == 404


def test_the_manifest_is_empty_without_files(client, key):
    assert "mediaFile" not in client.get(door(key, "manifest", "offices")).content.decode()


def test_head_says_where_to_and_how_large(client, key, settings):
    answer = client.head(door(key))

    assert answer.status_code == 204
    assert answer.headers["Location"].endswith(door(key))
    assert answer.headers["X-OpenRosa-Accept-Content-Length"] == str(settings.UPLOAD_MAX_BYTES)


def test_a_good_submission_fills_what_is_empty(client, key, asked):
    answer = send(client, key, instance(asked, rooms=("40", "20")))

    step = SubmissionStep.objects.get()
    found = stands()
    assert answer.status_code == 201
    assert 'nature="submit_success"' in answer.content.decode()
    assert (step.state, step.issues) == ("applied", [])
    assert found["/data/office/name"] == "Agency"
    assert found["/data/seats_total"] == "60"
    sources = set(Answer.objects.filter(path="/data/room/seats").values_list("source", flat=True))
    assert sources == {Source.COLLECT}


def test_what_breaks_a_rule_is_kept_and_flagged(client, key, asked):
    xml = instance(asked, name="", staff="900", has="perhaps", extra="<strange>x</strange>")

    answer = send(client, key, xml)

    step = SubmissionStep.objects.get()
    kinds = sorted((kind, path) for kind, path, _entry, _why in step.issues)
    assert answer.status_code == 201
    assert step.state == "flagged"
    assert kinds == [
        ("choice", "/data/link/has"),
        ("constraint", "/data/office/staff"),
        ("required", "/data/office/name"),
        ("unknown", "/data/strange"),
    ]
    assert stands()["/data/office/staff"] == "900"


def test_text_in_a_whole_number_is_flagged(client, key, asked):
    send(client, key, instance(asked, staff="many"))

    assert ["type", "/data/office/staff", "", ""] in SubmissionStep.objects.get().issues


def test_an_answer_that_differs_goes_beside(client, key, asked, lead):
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    change = actions.Change("c1", Ref("/data/office/name"), 0, "Ours")
    actions.write_answers(response=response, changes=[change], by=lead, now=make.NOON)

    send(client, key, instance(asked, name="Theirs"))

    beside = Suggestion.objects.get()
    assert stands()["/data/office/name"] == "Ours"
    assert (beside.value, beside.origin, beside.state) == ("Theirs", "collect", "open")


def test_the_same_again_is_once(client, key, asked):
    send(client, key, instance(asked))

    again = send(client, key, instance(asked))

    assert again.status_code == 201
    assert Submission.objects.count() == 1


def test_other_data_under_the_same_name_is_refused(client, key, asked):
    send(client, key, instance(asked))

    other = send(client, key, instance(asked, name="Other"))

    assert other.status_code == 409
    assert stands()["/data/office/name"] == "Agency"


def test_an_edit_supersedes_once(client, key, asked):
    send(client, key, instance(asked))

    edit = send(client, key, instance(asked, number="2", name="Edited", deprecated="1"))
    late = send(client, key, instance(asked, number="3", deprecated="1"))
    strange = send(client, key, instance(asked, number="4", deprecated="none"))

    states = dict(SubmissionStep.objects.values_list("submission__instance_id", "state"))
    assert (edit.status_code, late.status_code, strange.status_code) == (201, 409, 404)
    assert states == {"uuid:1": "superseded", "uuid:2": "applied"}
    assert AnswerHead.objects.get(path__endswith="/name").answer.value == "Edited"
    assert Suggestion.objects.count() == 0
    assert Response.objects.count() == 1


@pytest.mark.parametrize("fields", [{"version": "99"}, {"form_id": "strangers"}])
def test_an_unknown_form_or_version_is_not_found(client, key, asked, fields):
    assert send(client, key, instance(asked, **fields)).status_code == 404
    assert not Submission.objects.exists()


def test_after_the_round_it_is_kept_and_flagged_late(client, key, asked):
    asked.wave.state = "closed"
    asked.wave.save(update_fields=["state"])

    answer = send(client, key, instance(asked))

    step = SubmissionStep.objects.get()
    assert answer.status_code == 201
    assert step.is_late
    assert ["late", "", "", ""] in step.issues


def test_an_archived_survey_takes_nothing(client, key, asked):
    asked.wave.survey.state = "archived"
    asked.wave.survey.save(update_fields=["state"])

    assert send(client, key, instance(asked)).status_code == 409


@pytest.mark.parametrize(
    "xml",
    [b"", b"<data", b"not xml", b'<data id="offices" version="1"/>',
     b'<!DOCTYPE d [<!ENTITY e "x">]><data id="offices" version="1">&e;</data>',
     b"\xff\xfe\x00"],
)  # fmt: skip
def test_bad_data_is_refused(client, key, xml):
    answer = send(client, key, xml)

    assert answer.status_code == 400
    assert 'nature="submit_error"' in answer.content.decode()
    assert not Submission.objects.exists()


def test_another_root_is_another_form(client, key):
    assert send(client, key, b"<strange/>").status_code == 404


def test_a_missing_part_is_refused(client, key):
    assert client.post(door(key), {}).status_code == 400


def test_too_much_data_is_refused(client, key, asked):
    xml = instance(asked, extra=f"<more>{'x' * 4_000_001}</more>")

    assert send(client, key, xml).status_code == 413


def test_a_key_that_ended_or_never_was_opens_nothing(client, key, asked, lead):
    actions.revoke_key(key=key, by=lead, now=make.NOON)

    assert client.get(door(key, "form_list")).status_code == 401
    assert send(client, key, instance(asked)).status_code == 401
    assert client.get(reverse("collect:form_list", args=["x" * 32])).status_code == 401


def test_a_key_ends_by_itself(client, key):
    key.expires_at = timezone.now() - timedelta(minutes=1)
    key.save(update_fields=["expires_at"])

    assert client.get(door(key, "form_list")).status_code == 401


def test_files_come_later_and_are_waited_for(client, key, asked):
    send(client, key, instance(asked))

    later = send(
        client, key, instance(asked), photo=SimpleUploadedFile("room.jpg", photo(), "image/jpeg")
    )

    assert later.status_code == 201
    assert list(Submission.objects.get().files.values_list("name", flat=True)) == ["room.jpg"]


def test_a_delegate_fills_only_the_part_given(client, asked, lead):
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    helper = people.person_with("contributor", asked.organisation)
    Delegation.objects.create(
        response=response, section="office", person=helper, scope=DelegationScope.EDIT,
        state=DelegationState.ACCEPTED, given_at=make.NOON,
    )  # fmt: skip
    made, secret = actions.make_key(
        invitation=asked, name="Theirs", by=lead, now=timezone.now(), person_id=helper.pk
    )
    made.secret = secret

    send(client, made, instance(asked, has="no"))

    assert stands()["/data/office/name"] == "Agency"
    assert "/data/link/has" not in stands()
    kinds = [(kind, path) for kind, path, _entry, _why in SubmissionStep.objects.get().issues]
    assert ("refused", "/data/link/has") in kinds


def test_locked_answers_stay_and_the_text_goes_beside(client, key, asked, lead):
    send(client, key, instance(asked))
    response = Response.objects.get()
    actions.hand_in(response=response, by=lead, now=make.NOON)
    actions.sign(response=response, name="A", position="B", by=lead, now=make.NOON)

    send(client, key, instance(asked, number="2", name="Other"))

    assert stands()["/data/office/name"] == "Agency"
    assert Suggestion.objects.get().value == "Other"


def test_only_the_lead_makes_keys(asked):
    for role in ("officer", "focal_point", "contributor", "lead"):
        with pytest.raises(Denied):
            actions.make_key(invitation=asked, name="x", by=people.viewer_with(role), now=make.NOON)
