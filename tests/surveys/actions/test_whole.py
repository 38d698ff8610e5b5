"""A sound instance taken in one piece leaves what the careful way leaves; any other takes that way."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.surveys import actions
from serai.surveys.actions import Parcel, altered_rows, applying, taking_in
from serai.surveys.models import AnswerHead, DeviceKey, Response, Submission
from serai.surveys.queries.filling import heads_of, opened

pytestmark = pytest.mark.django_db
OFFICE = "<office><name>Agency  </name><staff>12</staff></office>"
LINE = "<link><has>yes</has><mbps>12.5</mbps><is_fast/></link>"
ROOMS = "<room><seats>10</seats></room><room><seats>7</seats></room><seats_total>99</seats_total>"


@pytest.fixture
def key():
    return wave_key("interview")


def wave_key(kind, xform="", **fields):
    programme()
    survey = make.survey(
        kind=kind, has_signature=False, has_clearance=False, is_anonymous=kind == "feedback"
    )
    wave = make.wave(make.version(survey, xform, form_id="offices"), **fields)
    officer = people.viewer_with("officer")
    return actions.make_wave_key(wave=wave, name="Tablet", by=officer, now=make.NOON)[0]


def xml(number="1", body=OFFICE + LINE + ROOMS, old=""):
    before = f"<deprecatedID>uuid:{old}</deprecatedID>" if old else ""
    return (
        f'<data id="offices" version="1">{body}'
        f"<meta><instanceID>uuid:{number}</instanceID>{before}</meta></data>"
    ).encode()


def take_in(key, text):
    received = actions.take_parcel(key=key, parcel=Parcel(text), now=make.NOON)
    return received.submission.step


def count_sound(monkeypatch):
    """Count how often the short way was taken."""
    taken = []
    begin = applying.begin_whole
    for place in (applying, taking_in):
        monkeypatch.setattr(
            place, "begin_whole", lambda whole, now: taken.append(whole) or begin(whole, now)
        )
    return taken


def never_sound(monkeypatch):
    for place in (applying, taking_in):
        monkeypatch.setattr(place, "sound", lambda *_args: None)


def left_by(step):
    """All that a submission left, without numbers, keys of entries and what is drawn by lot."""
    response = Response.objects.get(pk=step.response_id)
    places = {one.key: (one.repeat_path, one.position) for one in response.entries.all()}
    answers = {
        (path, places.get(entry, "")): (value, source)
        for path, entry, value, source in AnswerHead.objects.filter(response=response).values_list(
            "path", "entry", "answer__value", "answer__source"
        )
        if value and not path.endswith("instanceID")
    }
    marks = {
        (one.section, places.get(one.entry, "")): (one.mark, one.completeness)
        for one in response.marks.all()
    }
    facts = (
        response.state, response.completeness, response.sufficiency, response.audience,
        response.person_id, response.holder_hash, response.signed_through > 0,
        response.signed_through == response.cleared_through,
    )  # fmt: skip
    return answers, marks, facts, sorted(places.values()), (step.state, step.issues, step.waiting)


@pytest.mark.parametrize("kind", ["interview", "feedback"])
@pytest.mark.parametrize(
    "body",
    [
        OFFICE + LINE + ROOMS,
        OFFICE + "<link><has>no</has></link>" + "<room><seats>3</seats></room>",
        "<office><name>Agency</name></office><link><has>no</has><mbps>3</mbps></link>"
        "<room><seats>1</seats></room>",
    ],
)
def test_both_ways_leave_the_same(kind, body, monkeypatch):
    key = wave_key(kind)
    taken = count_sound(monkeypatch)

    short = left_by(take_in(key, xml("1", body)))
    never_sound(monkeypatch)
    long = left_by(take_in(key, xml("2", body)))

    assert len(taken) == 1
    assert short == long
    assert altered_rows() == []


def test_calculations_are_worked_out_anew_and_answers_keep_their_author(key, monkeypatch):
    taken = count_sound(monkeypatch)

    response = take_in(key, xml()).response

    rows = {
        (one.path, one.value): (one.source, one.author_id, one.at) for one in response.answers.all()
    }
    assert len(taken) == 1
    assert rows["/data/seats_total", "17"] == ("calculation", None, make.NOON)
    assert rows["/data/link/is_fast", "yes"] == ("calculation", None, make.NOON)
    assert rows["/data/office/name", "Agency"] == ("collect", key.person_id, make.NOON)
    assert ("/data/seats_total", "99") not in rows
    assert (response.state, response.cleared_through) == (
        "handed_in",
        max(r.pk for r in response.answers.all()),
    )


def test_it_is_read_as_any_other_response_afterwards(key):
    response = take_in(key, xml()).response

    filling = opened(response, make.NOON)

    assert filling.state.answers() == {ref: one.value for ref, one in filling.heads.items()}
    assert len(filling.state.all_entries()) == 2


@pytest.mark.parametrize("is_short", [True, False])
def test_a_correction_replaces_it_and_its_entries(is_short, key, monkeypatch):
    taken = count_sound(monkeypatch)
    if not is_short:
        never_sound(monkeypatch)
    fewer = OFFICE.replace("12", "13") + LINE + "<room><seats>8</seats></room>"

    first = take_in(key, xml())
    second = take_in(key, xml("2", fewer, old="1"))

    stands = {
        ref.path: one.value for ref, one in heads_of(second.response).items() if not ref.entry
    }
    assert len(taken) == is_short
    assert second.response == first.response
    assert (stands["/data/office/staff"], stands["/data/seats_total"]) == ("13", "8")
    assert second.response.entries.filter(is_removed=False).count() == 1


ODD = {
    "a rule is broken": OFFICE.replace("12", "501") + LINE,
    "something required is missing": OFFICE,
    "another type": OFFICE.replace("12", "many") + LINE,
    "a number written otherwise": OFFICE + LINE.replace("12.5", "12,5"),
    "an unknown field": OFFICE + LINE + "<colour>red</colour>",
    "too long": OFFICE.replace("Agency", "A" * 20_001) + LINE,
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_odd_goes_the_careful_way(case, key, monkeypatch):
    taken = count_sound(monkeypatch)

    step = take_in(key, xml("1", ODD[case]))

    assert (taken, step.state) == ([], "flagged")
    assert step.response is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('nodeset="/data/office/staff" type="int"',
         'nodeset="/data/office/staff" type="int" readonly="true()"'),
        ('calculate="sum( /data/room/seats )"', 'calculate="once(random())"'),
        ("</model>", '<setvalue event="odk-instance-first-load" ref="/data/office/staff">3</setvalue>'
         "</model>"),
    ],
    ids=["read-only", "volatile", "action"],
)  # fmt: skip
def test_a_form_that_holds_more_than_answers_goes_the_careful_way(before, after, monkeypatch):
    taken = count_sound(monkeypatch)
    assert before in make.XFORM

    take_in(wave_key("interview", make.XFORM.replace(before, after, 1)), xml())

    assert taken == []


def test_what_nobody_is_asked_is_the_houses_own(monkeypatch):
    xform = make.XFORM.replace(
        "<seats_total/>", "<seats_total/><device/><hidden>7</hidden>"
    ).replace(
        "</model>",
        '<bind nodeset="/data/device" jr:preload="property" jr:preloadParams="deviceid"/></model>',
    )
    key = wave_key("feedback", xform)
    taken = count_sound(monkeypatch)

    step = take_in(key, xml("1", OFFICE + LINE + "<device>IMEI-1</device><hidden>8</hidden>"))

    stands = {ref.path: one.value for ref, one in heads_of(step.response).items()}
    assert len(taken) == 1
    assert (stands.get("/data/device", ""), stands["/data/hidden"]) == ("", "7")
    assert stands["/data/meta/instanceID"] != "uuid:1"


@pytest.mark.parametrize("more", ["", "<colour>red</colour>"])
def test_what_a_device_says_replaces_what_the_form_begins_with(more):
    key = wave_key("interview", make.XFORM.replace("<staff/>", "<staff>5</staff>"))

    step = take_in(key, xml("1", OFFICE + LINE + more))

    stands = {ref.path: one.value for ref, one in heads_of(step.response).items()}
    assert stands["/data/office/staff"] == "12"
    assert not step.response.suggestions.exists()


def test_late_is_careful_and_so_is_whoever_is_gone(key, monkeypatch):
    taken = count_sound(monkeypatch)
    person = key.person
    person.state = "closed"
    person.save()

    gone = take_in(key, xml("1"))
    person.state = "active"
    person.save()
    key.wave.state = "closed"
    key.wave.save()
    late = take_in(key, xml("2"))

    assert taken == []
    assert (gone.state, late.state) == ("flagged", "flagged")
    assert ["late", "", "", ""] in late.issues


def test_a_sound_instance_asks_the_database_little(key, django_assert_max_num_queries):
    take_in(key, xml("1"))

    with django_assert_max_num_queries(12):
        actions.take_parcel(key=key, parcel=Parcel(xml("2")), now=make.NOON + timedelta(seconds=1))


@pytest.mark.parametrize("what", ["revoked", "wave closed", "person closed", "expired"])
def test_a_key_read_before_takes_nothing_once_it_is_not_good(what, key):
    parcel, now = Parcel(xml("1")), make.NOON
    if what == "revoked":
        DeviceKey.objects.filter(pk=key.pk).update(revoked_at=make.NOON)
    elif what == "wave closed":
        type(key.wave).objects.filter(pk=key.wave_id).update(state="closed")
    elif what == "person closed":
        type(key.person).objects.filter(pk=key.person_id).update(state="closed")
    else:
        now += timedelta(days=400)

    assert actions.take_at_once(key=key, parcel=parcel, now=now) is None
    assert (Submission.objects.count(), Response.objects.count()) == (0, 0)


def test_a_kept_key_that_is_revoked_opens_no_door(client):
    programme()
    survey = make.survey(kind="interview", has_signature=False, has_clearance=False)
    wave = make.wave(make.version(survey, "", form_id="offices"))
    officer = people.viewer_with("officer")
    made, secret = actions.make_wave_key(wave=wave, name="T", by=officer, now=timezone.now())

    def send(number):
        part = SimpleUploadedFile("submission.xml", xml(number), "text/xml")
        address = f"/collect/{secret}/submission"
        return client.post(address, {"xml_submission_file": part}).status_code

    first, again = send("1"), send("2")
    actions.revoke_key(key=made, by=officer, now=timezone.now())

    assert (first, again, send("3")) == (201, 201, 401)
    assert Submission.objects.count() == 2
