"""Surveys: the list, a new one, its state."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.surveys.models import Delegation, Response, Survey

pytestmark = pytest.mark.django_db
LIST = "/en/surveys/"
NEW = "/en/surveys/new/questionnaire/"
GIVEN = {
    "title_en": "Readiness", "code": "readiness", "initiative": "", "languages": ["en", "ru"],
    "has_signature": "on", "has_clearance": "on", "reasons": ["later"],
}  # fmt: skip


def text_of(answer):
    return answer.content.decode()


def test_an_officer_sees_surveys_with_a_strip_and_as_a_file(client, officer):
    wave = make.wave()
    done = make.invitation(wave, state="done")
    make.invitation(wave)
    Response.objects.create(wave=wave, invitation=done, version=wave.version, state="signed")

    page = client.get(LIST)
    file = client.get(f"{LIST}?as=csv")

    assert "1 of 2 answers are in" in text_of(page)
    assert page.context["chart"].table.rows[0] == ("Offices", 50)
    assert file.headers["Content-Disposition"] == 'attachment; filename="surveys.csv"'


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    client, officer, count, django_assert_num_queries
):
    for _n in range(count):
        make.invitation()
    client.get(LIST)

    with django_assert_num_queries(8):
        page = client.get(LIST)

    assert page.context["page"].paginator.count == count


def test_who_is_asked_sees_it_first(client, sign_in):
    row = make.invitation(organisation=people.organisation("Roads"))
    sign_in(row.lead)

    page = text_of(client.get(LIST))

    assert "Asked of you" in page
    assert f"/en/surveys/asked/{row.public_id}/" in page
    assert "New survey" not in page


def test_a_focal_point_finds_the_boards_of_their_country(client, sign_in):
    row = make.invitation()
    sign_in("focal_point", "GEO")

    page = text_of(client.get(LIST))

    assert "Asked of your country" in page
    assert f"/en/surveys/waves/{row.wave.public_id}/board/" in page


def test_who_is_asked_nothing_is_told_so(client, sign_in):
    sign_in("contributor")

    assert "Nothing is asked of you." in text_of(client.get(LIST))


def test_a_survey_is_made_in_two_steps(client, officer):
    kinds = text_of(client.get("/en/surveys/new/"))
    form = client.get("/en/surveys/new/feedback/").context["form"]
    answer = client.post(NEW, GIVEN)
    survey = Survey.objects.get()

    assert kinds.count("/en/surveys/new/") >= 5
    assert answer["Location"] == f"/en/surveys/{survey.public_id}/"
    assert "Give it a form" in text_of(client.get(answer["Location"]))
    assert (form["has_signature"].value(), form["is_anonymous"].value()) == (False, True)
    assert answer.status_code == 303
    assert (survey.code, survey.has_clearance, survey.languages) == (
        "readiness",
        True,
        ["en", "ru"],
    )


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"title_en": ""}, "title_en", "Write it in at least one language."),
        (
            {"code": "Ready 1"}, "code",
            "Use small letters a to z, digits and hyphens only, such as readiness-2027.",
        ),
        (
            {"has_signature": ""}, "has_clearance",
            "What a country clears is signed first. Choose the signature too.",
        ),
    ],
)  # fmt: skip
def test_what_was_written_stays_in_a_refused_form(client, officer, changed, field, sentence):
    answer = client.post(NEW, GIVEN | changed)

    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert answer.context["form"]["languages"].value() == ["en", "ru"]


def test_a_title_of_which_one_language_is_needed_is_not_called_optional(client, officer):
    form = client.get(NEW).context["form"]

    said = [str(form[name].as_field_group()) for name in ("title_en", "title_ru")]

    assert all("is needed)" in one for one in said)
    assert not any("(optional)" in one for one in said)


def test_an_unknown_kind_is_not_found(client, officer):
    assert client.get("/en/surveys/new/poll/").status_code == 404


def test_a_survey_shows_its_waves_and_its_next_states(client, officer):
    wave = make.wave()

    page = client.get(f"/en/surveys/{wave.survey.public_id}/")

    assert page.context["moves"] == [("closed", "Close")]
    assert f"/en/surveys/waves/{wave.public_id}/" in text_of(page)


def test_a_survey_is_changed(client, officer):
    survey = make.survey()

    answer = client.post(f"/en/surveys/{survey.public_id}/edit/", GIVEN)

    survey.refresh_from_db()
    assert answer.status_code == 303
    assert (str(survey.title), survey.reasons) == ("Readiness", ["later"])


def test_a_state_is_moved_or_says_why_not(client, officer):
    survey = make.survey(state="draft")
    address = f"/en/surveys/{survey.public_id}/state/"

    formless = text_of(client.post(address, {"state": "open"}, follow=True))
    make.version(survey)
    opened = text_of(client.post(address, {"state": "open"}, follow=True))

    assert "It has no form yet. Publish a version first." in formless
    assert "The survey is now: Open." in opened
    assert client.post(address, {"state": "broken"}).status_code == 404


@pytest.mark.parametrize("role", ["lead", "focal_point", "administrator", "expert"])
def test_others_open_no_survey(client, sign_in, role):
    survey = make.wave().survey
    sign_in(role)

    found = [
        client.get(f"/en/surveys/{survey.public_id}/").status_code,
        client.get("/en/surveys/new/").status_code,
        client.post(f"/en/surveys/{survey.public_id}/state/", {"state": "closed"}).status_code,
    ]

    assert found == [404, 404, 404]


def test_who_is_offered_a_part_finds_it_under_what_is_asked(client, sign_in):
    row = make.invitation(organisation=people.organisation("Roads"))
    response = Response.objects.create(
        wave=row.wave, invitation=row, version=row.wave.version, state="filling"
    )
    holder = people.person_with("contributor", row.organisation)
    part = Delegation.objects.create(
        response=response, section="office", person=holder, scope="edit", given_at=make.NOON
    )
    sign_in(holder)

    offered = text_of(client.get(LIST))
    Delegation.objects.filter(pk=part.pk).update(state="accepted")
    held = text_of(client.get(LIST))
    Delegation.objects.filter(pk=part.pk).update(state="returned")
    given_back = text_of(client.get(LIST))

    address = f'href="/en/surveys/parts/{part.public_id}/"'
    assert "Asked of you" in offered
    assert address in offered
    assert "Take or decline a part" in offered
    assert "Nothing is asked of you" not in offered
    assert address in held
    assert "Fill in your part" in held
    assert address not in given_back


def test_what_is_accepted_is_read_and_asked_of_nobody(client, sign_in):
    row = make.invitation(make.wave(state="closed"), state="done")
    response = Response.objects.create(
        wave=row.wave, invitation=row, version=row.wave.version, state="accepted"
    )
    sign_in(row.lead)

    page = text_of(client.get(LIST))

    assert "Asked of you" not in page
    assert "Go on" not in page
    assert f'<a href="/en/surveys/responses/{response.public_id}/">Offices: First round</a>' in page
    assert "Accepted" in page
