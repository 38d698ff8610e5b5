"""What a person has to do with responses, and what each page of one is headed by."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, PHONE, STAFF, add, give

from serai.base.access import ANONYMOUS, NotFound
from serai.base.text import TranslatedText
from serai.members.queries import viewer_of
from serai.surveys import actions, queries
from serai.surveys.models import Delegation, Suggestion
from serai.surveys.queries.responses import fresh_response
from serai.surveys.states import DelegationScope, DelegationState

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return offices.begun()


def part(response, section="office", entry="", state=DelegationState.ACCEPTED):
    person = people.person_with("contributor", response.invitation.organisation)
    return Delegation.objects.create(
        response=response, section=section, entry=entry, person=person, state=state,
        scope=DelegationScope.EDIT, given_at=make.NOON,
    )  # fmt: skip


def rows_of(viewer):
    return [(row.head.public_id, row.role) for row in queries.own_rows(viewer)]


def test_a_page_is_headed_by_whose_it_is_and_until_when(begun):
    response, lead = begun
    give(response, lead, NAME, "Agency")

    head = queries.head_of(fresh_response(response.pk))

    asked = response.invitation
    assert (head.title, head.wave, head.percent) == ("Offices", "First round", 50)
    assert head.organisation == asked.organisation.names.pick("en")[0]
    assert (head.due_on, head.state) == (response.wave.due_on, "filling")


def test_each_finds_their_own_by_what_they_are_to_it():
    signer = people.person()
    response, lead = offices.begun(signer=signer)
    holder = viewer_of(part(response).person, make.NOON)
    ended = viewer_of(part(response, "line", state=DelegationState.REVOKED).person, make.NOON)
    focal, officer = people.viewer_with("focal_point", "GEO"), people.viewer_with("officer")
    number = response.public_id

    found = [rows_of(one) for one in (lead, viewer_of(signer, make.NOON), holder)]
    nothing = [rows_of(one) for one in (ended, focal, officer, ANONYMOUS)]

    assert found == [[(number, "lead")], [(number, "signer")], [(number, "delegate")]]
    assert nothing == [[], [], [], []]


def test_the_country_finds_what_is_signed_until_it_is_withdrawn(begun):
    response, lead = begun
    for ref, text in ((NAME, "Agency"), (STAFF, "2"), (PHONE, "1")):
        give(response, lead, ref, text)
    focal, other = (people.viewer_with("focal_point", one) for one in ("GEO", "UZB"))
    offices.signed(response, lead)
    signed = (rows_of(focal), rows_of(other))

    actions.withdraw(response=response, reason="A mistake", by=lead, now=make.NOON)

    assert signed == ([(response.public_id, "country")], [])
    assert rows_of(focal) == []


def test_the_list_costs_the_same_for_one_and_three(begun, django_assert_max_num_queries):
    response, lead = begun
    with django_assert_max_num_queries(4) as one:
        queries.own_rows(lead)
    for _ in range(2):
        offices.begun(
            response.version, organisation=response.invitation.organisation,
            lead=response.invitation.lead,
        )  # fmt: skip

    with django_assert_max_num_queries(4) as three:
        rows = queries.own_rows(lead)

    assert len(rows) == 3
    assert len(one) == len(three)


def test_the_next_page_is_the_next_that_one_may_open(begun):
    response, lead = begun
    add(response, lead, "a")
    helper = viewer_of(part(response, "room", "a").person, make.NOON)
    Delegation.objects.create(
        response=response, section="line", person_id=helper.person_id, given_at=make.NOON,
        scope=DelegationScope.VIEW, state=DelegationState.ACCEPTED,
    )  # fmt: skip

    def after(viewer, slug, entry=""):
        here = queries.place(viewer, response.public_id, slug, entry)
        found = queries.next_place(viewer, here, make.NOON)
        return (found.section, found.entry) if found else None

    assert [after(lead, "office"), after(lead, "room", "a"), after(lead, "line")] == [
        ("room", "a"), ("line", ""), None,
    ]  # fmt: skip
    assert [after(helper, "room", "a"), after(helper, "line")] == [("line", ""), None]


def test_parts_and_texts_are_found_by_those_they_are_for(begun):
    response, lead = begun
    given = part(response)
    holder, other = viewer_of(given.person, make.NOON), people.viewer_with("lead")
    text = Suggestion.objects.create(
        response=response, path=NAME.path, value="x", at=make.NOON, origin="delegate",
        client_id="1",
    )  # fmt: skip

    assert [queries.delegation(one, given.public_id) for one in (lead, holder)] == [given, given]
    assert queries.suggestion(lead, text.public_id) == text
    assert queries.offers(holder, fresh_response(response.pk)) == [given]
    for viewer in (other, ANONYMOUS):
        with pytest.raises(NotFound):
            queries.delegation(viewer, given.public_id)
    for viewer in (holder, other):
        with pytest.raises(NotFound):
            queries.suggestion(viewer, text.public_id)


def test_parts_are_chosen_and_called_by_their_labels(begun):
    response, lead = begun
    add(response, lead, "a")
    given = queries.delegation(lead, part(response, "room", "a").public_id)

    assert queries.part_choices(lead, fresh_response(response.pk), make.NOON) == [
        ("office", "The office"), ("room", "Room"), ("room@a", "Room 1"), ("line", "The line"),
    ]  # fmt: skip
    assert queries.part_label(lead, given, make.NOON) == "Room 1"


def test_steps_stand_in_order_with_their_words(begun):
    response, lead = begun
    for ref, text in ((NAME, "Agency"), (STAFF, "2"), (PHONE, "1")):
        give(response, lead, ref, text)
    focal = people.viewer_with("focal_point", "GEO")
    offices.signed(response, lead)
    actions.return_to_agency(response=response, note="Mend", by=focal, now=make.NOON)

    steps = queries.steps_of(lead, response)

    assert [(one.verb, one.who, one.note) for one in steps] == [
        ("signed", "A. Head, Head", ""), ("returned", focal.name, "Mend"),
    ]  # fmt: skip
    assert queries.last_signature(response).round == 1


def test_who_reads_after_signing_follows_the_countrys_way(begun):
    response, _lead = begun
    country = response.invitation.country
    country.names, country.short_name = TranslatedText.of("Georgia"), TranslatedText()
    country.save(update_fields=["names", "short_name"])
    cleared = queries.readers_after_signing(fresh_response(response.pk))
    country.clearance = "direct"
    country.save(update_fields=["clearance"])

    direct = queries.readers_after_signing(fresh_response(response.pk))

    assert cleared == [
        "At once: the focal point of Georgia.",
        "Once the focal point has cleared them: the secretariat.",
    ]
    assert direct == ["At once: the secretariat."]


def test_a_response_that_nobody_was_invited_to_has_no_invitation(begun):
    response, _lead = begun
    own = actions.begin_for_wave(wave=response.wave, person_id=people.person().pk, now=make.NOON)

    assert queries.invitation_of(response) == response.invitation
    with pytest.raises(NotFound):
        queries.invitation_of(own)


def test_reasons_are_those_the_survey_accepts(begun):
    response, _lead = begun
    response.wave.survey.reasons = ["not_known", "later"]

    assert [code for code, _name in queries.reasons_of(response)] == ["not_known", "later"]
