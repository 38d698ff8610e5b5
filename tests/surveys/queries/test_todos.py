"""What each person is asked to do with surveys."""

from datetime import date

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS
from serai.members.queries import viewer_of
from serai.surveys import queries
from serai.surveys.models import AnswerRequest, Delegation, Response

pytestmark = pytest.mark.django_db
NOON = make.NOON


def respond(row, state, **fields):
    return Response.objects.create(
        wave=row.wave, invitation=row, version=row.wave.version, state=state, **fields
    )


def shown(viewer):
    return [(one.verb, one.title, one.due_at, one.note) for one in queries.todos(viewer)]


def test_the_lead_fills_in_and_the_signer_signs():
    lead, signer = people.person(), people.person()
    row = make.invitation(lead=lead, signer=signer, organisation=people.organisation("Roads"))
    due = date(2021, 3, 31)

    before = [shown(viewer_of(one, NOON)) for one in (lead, signer)]
    respond(row, "handed_in")
    after = [shown(viewer_of(one, NOON)) for one in (lead, signer)]

    assert before == [[("Fill in", "Offices: First round", due, "Roads")], []]
    assert after == [[], [("Sign", "Offices: First round", due, "Roads")]]
    (todo,) = queries.todos(viewer_of(signer, NOON))
    assert todo.address == f"/en/surveys/asked/{row.public_id}/"


def test_who_is_asked_back_answers_and_who_is_signed_rests():
    lead = people.person()
    row = make.invitation(lead=lead, state="done")
    response = respond(row, "correcting")

    asked = [verb for verb, *_rest in shown(viewer_of(lead, NOON))]
    Response.objects.filter(pk=response.pk).update(state="signed")

    assert asked == ["Answer what is asked back"]
    assert shown(viewer_of(lead, NOON)) == []


def test_what_is_asked_back_is_due_on_its_own_soonest_day():
    lead = people.person()
    row = make.invitation(lead=lead, state="done")
    response = respond(row, "correcting")
    days = [
        (date(2021, 5, 9), "asked"),
        (date(2021, 5, 4), "asked"),
        (date(2021, 5, 1), "answered"),
    ]
    for number, (day, state) in enumerate(days):
        AnswerRequest.objects.create(
            response=response, path=f"/data/{number}", reason="unclear", due_on=day, state=state,
            made_at=NOON,
        )  # fmt: skip

    dues = [due for _verb, _title, due, _note in shown(viewer_of(lead, NOON))]
    AnswerRequest.objects.all().delete()

    assert dues == [date(2021, 5, 4)]
    assert [due for _verb, _title, due, _note in shown(viewer_of(lead, NOON))] == [None]


def test_a_focal_point_clears_what_its_agencies_have_signed():
    row = make.invitation(organisation=people.organisation("Roads"))
    response = respond(row, "signed")
    respond(make.invitation(organisation=people.organisation(country="UZB")), "signed")
    direct = people.organisation(country=people.member("AZE", clearance="direct"))
    respond(make.invitation(organisation=direct), "signed")
    uncleared = make.wave(make.version(make.survey(has_clearance=False)))
    respond(make.invitation(uncleared), "signed")

    found = queries.todos(people.viewer_with("focal_point", "GEO"))

    assert [(one.verb, one.note, one.address) for one in found] == [
        ("Clear", "Roads", f"/en/surveys/responses/{response.public_id}/")
    ]
    assert shown(people.viewer_with("focal_point", "AZE")) == []


def test_whoever_holds_a_part_is_asked_for_it():
    holder = people.person()
    response = respond(make.invitation(organisation=people.organisation("Roads")), "filling")
    part = Delegation.objects.create(
        response=response, section="office", person=holder, scope="edit", given_at=NOON,
        due_on=date(2021, 3, 9),
    )  # fmt: skip
    viewer = viewer_of(holder, NOON)

    offered = shown(viewer)
    Delegation.objects.filter(pk=part.pk).update(state="accepted")
    (held,) = queries.todos(viewer)
    Delegation.objects.filter(pk=part.pk).update(state="returned")

    assert offered == [
        ("Take or decline a part", "Offices: First round", date(2021, 3, 9), "Roads")
    ]
    assert (held.verb, held.address) == (
        "Fill in your part", f"/en/surveys/parts/{part.public_id}/",
    )  # fmt: skip
    assert shown(viewer) == []


def test_several_parts_of_one_response_are_one_thing_to_do():
    holder = people.person()
    response = respond(make.invitation(organisation=people.organisation("Roads")), "filling")
    for section, due_on in (("office", date(2021, 3, 9)), ("line", None), ("room", None)):
        Delegation.objects.create(
            response=response, section=section, person=holder, scope="edit", given_at=NOON,
            due_on=due_on,
        )  # fmt: skip
    other = Delegation.objects.create(
        response=respond(make.invitation(), "filling"), section="office", person=holder,
        scope="edit", given_at=NOON,
    )  # fmt: skip
    viewer = viewer_of(holder, NOON)

    first, last = queries.todos(viewer)
    Delegation.objects.filter(response=response).update(state="accepted")
    held = next(one for one in queries.todos(viewer) if one.verb.startswith("Fill"))

    whole = f"/en/surveys/responses/{response.public_id}/"
    assert (first.verb, first.note, first.due_at, first.address) == (
        "Take or decline 3 parts", "Roads", date(2021, 3, 9), whole,
    )  # fmt: skip
    assert (last.verb, last.address) == (
        "Take or decline a part", f"/en/surveys/parts/{other.public_id}/",
    )  # fmt: skip
    assert (held.verb, held.address) == ("Fill in your 3 parts", whole)


def test_officers_read_what_is_cleared_and_mend_what_went_wrong():
    wave = make.wave()
    for state in ("cleared", "cleared", "accepted", "signed"):
        respond(make.invitation(wave, state="done"), state)
    make.invitation(wave, state="bounced")
    make.invitation(wave, state="declined")
    unsigned = make.wave(make.version(make.survey(has_signature=False, has_clearance=False)))
    respond(make.invitation(unsigned), "handed_in")

    found = shown(people.viewer_with("officer"))

    assert found == [
        ("Read", "Offices: First round", None, "2 answers wait to be read"),
        (
            "Name somebody else",
            "Offices: First round",
            None,
            "2 letters came back or were declined",
        ),
        ("Read", "Offices: First round", None, "1 answer waits to be read"),
    ]
    assert shown(people.viewer_with("officer", "elsewhere")) == []


@pytest.mark.parametrize("count", [1, 3])
def test_few_queries_however_many(count, django_assert_num_queries):
    lead = people.person()
    for _n in range(count):
        make.invitation(lead=lead)
        respond(make.invitation(state="done"), "cleared")
    viewer = viewer_of(lead, NOON)
    officer = people.viewer_with("officer")

    with django_assert_num_queries(1):
        own = queries.todos(viewer)
    with django_assert_num_queries(1):
        read = queries.todos(officer)

    assert (len(own), len(read)) == (count, count)


def test_visitors_are_asked_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.todos(ANONYMOUS) == []
