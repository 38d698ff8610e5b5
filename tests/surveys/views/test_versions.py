"""The pages of a form's versions, from handing in to publishing."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories import forms as form
from tests.factories import members as members_make
from tests.factories import surveys as make

from serai.base.jobs import run_ready
from serai.base.xlsform import read_xlsform, to_xlsx
from serai.members.queries import viewer_of
from serai.surveys.models import Translator
from serai.surveys.states import SurveyState, VersionState

pytestmark = pytest.mark.django_db
LIST_QUERIES = 7
LISTED = form.row("select_one_from_file cities.csv", "city", "City", ru="Город")


@pytest.fixture
def survey():
    return make.survey(state="draft", code="offices", languages=["en", "ru"])


@pytest.fixture
def by(people):
    return viewer_of(people["officer"], make.NOON)


@pytest.fixture
def officer(people, signed_in):
    return signed_in(people["officer"])


def page(name: str, *arguments: str) -> str:
    return reverse(f"surveys:{name}", args=arguments)


def text_of(answer) -> str:
    return answer.content.decode()


# ---------------------------------------------------------------- the list


def test_a_survey_without_a_form_asks_for_one(officer, survey):
    answer = officer.get(page("versions", survey.public_id))

    assert answer.status_code == 200
    assert "This survey has no form yet." in text_of(answer)
    assert page("upload_version", survey.public_id) in text_of(answer)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_version_and_three(
    officer, survey, count, django_assert_num_queries
):
    for _number in range(count):
        make.version(survey, state=VersionState.SUPERSEDED.value)
    officer.get(page("versions", survey.public_id))

    with django_assert_num_queries(LIST_QUERIES):
        answer = officer.get(page("versions", survey.public_id))

    assert text_of(answer).count("Superseded") == count


def test_the_list_comes_as_a_file_too(officer, survey):
    make.version(survey)

    answer = officer.get(page("versions", survey.public_id), {"as": "csv"})

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Version,State,Handed in,By,Published,What has changed"
    assert lines[1].startswith("1,Published,")


def test_an_archived_survey_takes_no_form(officer):
    survey = make.survey(state=SurveyState.ARCHIVED.value)

    answer = officer.get(page("versions", survey.public_id))

    assert page("upload_version", survey.public_id) not in text_of(answer)


# ---------------------------------------------------------------- handing in


def handed(officer, survey, **given):
    return officer.post(page("upload_version", survey.public_id), given)


def test_a_workbook_is_read_in_the_background_and_leads_to_its_version(officer, survey):
    content = to_xlsx(read_xlsform(form.markdown(), "form.md").sheets)

    answer = handed(officer, survey, file=SimpleUploadedFile("form.xlsx", content))

    assert answer.status_code == 303
    waiting = officer.get(answer["Location"])
    assert "Waiting to begin" in text_of(waiting)
    run_ready(now=make.NOON)
    done = officer.get(answer["Location"])
    version = survey.versions.get()
    assert (done.status_code, done["Location"]) == (303, page("version", version.public_id))
    part = officer.get(answer["Location"], headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == page("version", version.public_id)


def test_tables_may_be_written_instead(officer, survey):
    answer = handed(officer, survey, text=form.markdown())

    assert answer.status_code == 303
    run_ready(now=make.NOON)
    assert survey.versions.get().state == VersionState.CHECKED


def test_one_of_the_two_is_asked_for(officer, survey):
    neither = handed(officer, survey)
    both = handed(officer, survey, text="x", file=SimpleUploadedFile("f.xlsx", xlsx()))

    for answer in (neither, both):
        assert answer.status_code == 422
        assert "Choose a workbook, or write the tables: one of the two." in text_of(answer)


def xlsx() -> bytes:
    return to_xlsx(read_xlsform(form.markdown(), "form.md").sheets)


def test_a_file_that_is_no_workbook_is_refused_at_once(officer, survey):
    answer = handed(officer, survey, file=SimpleUploadedFile("form.xlsx", b"MZ"), text="")

    assert answer.status_code == 422
    assert "the content is not what the name says" in text_of(answer)
    assert survey.versions.count() == 0


def test_a_refused_form_lists_every_problem_fifty_a_page(officer, survey, by):
    rows = [form.row("text", f"q{n}", "Q", relevant=f"${{gone{n}}} = 1") for n in range(60)]
    version = form.handed_in(survey, form.markdown(*rows), by)

    answer = officer.get(page("version", version.public_id))

    assert "<bdi>60</bdi> things must be put right before this form can be used" in text_of(answer)
    assert text_of(answer).count('data-label="Column">relevant') == 50
    following = officer.get(page("version", version.public_id), {"page": 2})
    assert text_of(following).count('data-label="Column">relevant') == 10


# ---------------------------------------------------------------- one version


def test_a_checked_version_shows_warnings_languages_sections_and_files(officer, survey, by):
    version = form.handed_in(survey, form.markdown(), by)

    shown = text_of(officer.get(page("version", version.public_id)))

    assert "Nobody has checked some translations." in shown
    assert 'value="unchecked"' in shown
    assert "The office" in shown
    assert "<bdi>2</bdi> questions" in shown
    assert page("version_xlsx", version.public_id) in shown
    assert page("publish_version", version.public_id) not in shown


def test_warnings_are_acknowledged_and_the_form_is_published(officer, survey, by):
    version = form.handed_in(survey, form.markdown(), by)

    kept = officer.post(page("acknowledge_version", version.public_id), {"seen": ["unchecked"]})
    shown = text_of(officer.get(page("version", version.public_id)))
    published = officer.post(page("publish_version", version.public_id), {"change_note": "First"})

    assert kept.status_code == 303
    assert page("publish_version", version.public_id) in shown
    assert published["Location"] == page("version", version.public_id)
    after = officer.get(published["Location"]).content.decode()
    assert "It is published. Plan a wave next" in after
    assert f'href="{page("new_wave", survey.public_id)}"' in after
    version.refresh_from_db()
    assert (version.state, version.change_note) == (VersionState.PUBLISHED, "First")


def test_what_stands_in_the_way_is_said_when_publishing(officer, survey, by):
    version = form.handed_in(survey, form.markdown(), by)

    answer = officer.post(page("publish_version", version.public_id), {"change_note": "Mine"})

    assert answer.status_code == 422
    assert "Say first that this is known: Nobody has checked some translations." in text_of(answer)
    assert "Mine" in text_of(answer)


def test_a_checked_version_older_than_the_one_in_use_can_only_be_put_aside(officer, survey, by):
    version = form.handed_in(survey, form.markdown(), by)
    form.published(survey, form.markdown(version="2"), by)

    shown = text_of(officer.get(page("version", version.public_id)))

    assert "A later version is published" in shown
    assert page("refuse_version", version.public_id) in shown
    assert page("publish_version", version.public_id) not in shown
    assert page("compare_version", version.public_id) not in shown


def test_a_version_is_put_aside_after_a_question(officer, survey, by):
    version = form.handed_in(survey, form.markdown(), by)
    asked = officer.get(page("refuse_version", version.public_id))

    answer = officer.post(page("refuse_version", version.public_id), {})

    assert (asked.status_code, answer.status_code) == (200, 303)
    version.refresh_from_db()
    assert version.state == VersionState.REFUSED
    shown = text_of(officer.get(page("version", version.public_id)))
    assert "Refused" in shown


def test_acknowledging_what_no_longer_waits_says_so(officer, survey, by):
    version = form.published(survey, form.markdown(), by)

    answer = officer.post(page("acknowledge_version", version.public_id), {"seen": []}, follow=True)

    assert "This version is no longer waiting." in text_of(answer)


def test_a_missing_file_is_named_added_and_given_back(officer, survey, by):
    version = form.handed_in(survey, form.markdown(LISTED, choices=""), by)
    before = text_of(officer.get(page("version", version.public_id)))
    file = SimpleUploadedFile("cities.csv", b"name,label\ntbs,Tbilisi\n")

    answer = officer.post(page("add_form_file", version.public_id), {"file": file})

    assert "missing" in before
    assert answer.status_code == 303
    given = officer.get(page("form_file", version.public_id, "cities.csv"))
    assert b"".join(given.streaming_content) == b"name,label\ntbs,Tbilisi\n"


def test_a_file_of_another_name_is_refused_at_its_field(officer, survey, by):
    version = form.handed_in(survey, form.markdown(LISTED, choices=""), by)
    file = SimpleUploadedFile("towns.csv", b"name,label\n")

    answer = officer.post(page("add_form_file", version.public_id), {"file": file})

    assert answer.status_code == 422
    assert "It names: cities.csv." in text_of(answer)


def test_the_form_comes_back_as_workbook_and_as_xform(officer, survey, by):
    version = form.handed_in(survey, form.markdown(), by)

    book = officer.get(page("version_xlsx", version.public_id))
    xml = officer.get(page("version_xform", version.public_id))

    content = b"".join(book.streaming_content)
    assert read_xlsform(io.BytesIO(content).read(), "form.xlsx").xform == version.xform
    assert b"".join(xml.streaming_content).decode() == version.xform
    assert "offices-1.xml" in xml["Content-Disposition"]


def test_what_could_not_be_read_has_no_form_to_give(officer, survey, by):
    version = form.handed_in(survey, form.markdown(form.row("bad", "a", "A")), by)

    for name in ("version_xlsx", "version_xform", "preview_version", "compare_version"):
        assert officer.get(page(name, version.public_id)).status_code == 404


# ---------------------------------------------------------------- who may


def test_a_translator_looks_but_hands_nothing_in(survey, by, signed_in):
    version = form.handed_in(survey, form.markdown(), by)
    someone = members_make.person()
    Translator.objects.create(survey=survey, person=someone, language="ru")
    client = signed_in(someone)

    assert client.get(page("version", version.public_id)).status_code == 200
    assert client.get(page("versions", survey.public_id)).status_code == 200
    for name in ("publish_version", "refuse_version", "add_form_file", "compare_version"):
        assert client.get(page(name, version.public_id)).status_code == 404
    assert client.get(page("upload_version", survey.public_id)).status_code == 404


@pytest.mark.parametrize("role", ["lead", "focal_point", "committee", "expert", "nobody"])
def test_others_find_nothing(people, signed_in, survey, by, role):
    version = form.handed_in(survey, form.markdown(), by)
    client = signed_in(people[role])

    for name in ("version", "preview_version", "version_xlsx", "version_xform"):
        assert client.get(page(name, version.public_id)).status_code == 404
    assert client.get(page("versions", survey.public_id)).status_code == 404
    stored = version.source.public_id
    assert client.get(page("reading_version", stored)).status_code == 404


def test_what_is_not_there_is_not_found(officer):
    for name in ("version", "version_xlsx", "versions", "reading_version", "preview_version"):
        assert officer.get(page(name, "nothing")).status_code == 404
    assert officer.get(page("form_file", "nothing", "x.csv")).status_code == 404


def test_visitors_are_asked_to_sign_in(client, survey):
    answer = client.get(page("versions", survey.public_id))

    assert (answer.status_code, "sign-in" in answer["Location"]) == (302, True)
