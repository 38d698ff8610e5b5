"""Nothing is published before it is whole; what is published is asked, and stays."""

import io

import pytest
from django.db import IntegrityError, transaction
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.base.access import Denied, Viewer
from serai.base.files import check_file
from serai.base.models import Job
from serai.members.queries import viewer_of
from serai.surveys import actions, queries
from serai.surveys.actions import Refused
from serai.surveys.models import FormVersion, Response, Survey, Wave
from serai.surveys.states import ResponseState, SurveyState, VersionState, WaveState

pytestmark = pytest.mark.django_db
VOLATILE = form.row("calculate", "seen", "", calculation="now()")
TRUTH = form.row("text", "b", "B", ru="Б", relevant="${a}")
ASKED = form.row("text", "a", "A", ru="А")


@pytest.fixture
def survey():
    return make.survey(state="draft", code="offices", languages=["en", "ru"])


@pytest.fixture
def by():
    return form.officer()


def publish(version: FormVersion, by) -> FormVersion:
    return actions.publish(version=version, by=by, now=make.NOON)


def names(version: FormVersion, *, refused: bool) -> list[str]:
    found = queries.findings(version, queries.compiled(version))
    return [one.name for one in found if one.is_refused is refused]


# ---------------------------------------------------------------- gates


def test_what_is_whole_and_acknowledged_is_published(survey, by):
    version = form.acknowledged(form.handed_in(survey, form.markdown(), by), by)

    found = actions.publish(version=version, by=by, now=make.NOON, change_note="First.")

    assert (found.state, found.published_at, found.published_by_id, found.change_note) == (
        VersionState.PUBLISHED, make.NOON, by.person_id, "First.",
    )  # fmt: skip
    survey.refresh_from_db()
    assert survey.state == SurveyState.OPEN


def test_each_warning_must_be_acknowledged_by_name(survey, by):
    version = form.handed_in(survey, form.markdown(ASKED, TRUTH, VOLATILE, choices=""), by)
    assert names(version, refused=False) == ["nodeset-truth", "volatile", "unchecked"]

    actions.acknowledge(version=version, names={"volatile", "other"}, by=by, now=make.NOON)
    version.refresh_from_db()

    assert version.acknowledged == ["volatile"]
    with pytest.raises(Refused, match="A condition is true as soon as a question exists"):
        publish(version, by)
    assert publish(form.acknowledged(version, by), by).state == VersionState.PUBLISHED


def test_texts_that_nobody_checked_are_to_be_acknowledged_until_they_are(survey, by):
    version = form.handed_in(survey, form.markdown(ASKED, choices=""), by)

    with pytest.raises(Refused, match="Nobody has checked some translations"):
        publish(version, by)

    survey.phrases.exclude(text="").update(state="checked")
    assert publish(version, by).state == VersionState.PUBLISHED


def test_an_offered_language_must_be_complete(survey, by):
    version = form.handed_in(survey, form.markdown(ASKED, form.row("text", "b", "B", ru="")), by)

    assert names(version, refused=True) == ["language"]
    with pytest.raises(Refused, match="A language that the survey offers is not complete"):
        publish(form.acknowledged(version, by), by)


def test_a_missing_message_or_choice_counts_as_incomplete(survey, by):
    asked = form.row("integer", "n", "N", ru="Н", constraint=". > 0", message="Above 0.")
    chosen = form.row("select_one yes_no", "c", "C", ru="В")
    choices = form.CHOICES.replace("Нет", "")

    version = form.handed_in(survey, form.markdown(asked, chosen, choices=choices), by)

    (found,) = [
        one for one in queries.findings(version, queries.compiled(version)) if one.is_refused
    ]
    assert (found.name, len(found.places)) == ("language", 2)


def test_a_language_the_form_lacks_stops_it(by):
    survey = make.survey(state="draft", code="offices", languages=["en", "ru", "ky"])

    version = form.handed_in(survey, form.markdown(), by)

    (found,) = [
        one for one in queries.findings(version, queries.compiled(version)) if one.is_refused
    ]
    assert [one.text for one in found.places] == ["Kyrgyz"]


def test_a_missing_list_stops_it(survey, by):
    listed = form.row("select_one_from_file cities.csv", "city", "City", ru="Город")

    version = form.handed_in(survey, form.markdown(listed, choices=""), by)

    assert names(version, refused=True) == ["problem"]
    assert names(version, refused=False) == ["unchecked"]


def test_a_missing_picture_is_to_be_acknowledged(survey, by):
    text = form.markdown(form.row("text", "a", "A", ru="А", was="map.png"), choices="")
    text = text.replace("bind::serai:was", "media::image")

    version = form.handed_in(survey, text, by)

    assert names(version, refused=True) == []
    assert names(version, refused=False) == ["missing-file", "unchecked"]


def test_choices_with_spaces_in_a_list_of_its_own_stop_it(survey, by):
    listed = form.row("select_one_from_file cities.csv", "city", "City", ru="Город")
    version = form.handed_in(survey, form.markdown(listed), by)
    file = io.BytesIO(b"name,label\nnew york,New York\n")
    checked = check_file(file, "cities.csv", kinds=("csv",))

    actions.add_file(version=version, checked=checked, by=by, now=make.NOON)

    assert names(version, refused=True) == ["choice-value"]


CONSENT = form.row("select_one yes_no", "consent", "May we?", ru="Можно?", required="yes")
GIVEN = form.row("text", "a", "A", ru="А")


@pytest.mark.parametrize(
    "rows",
    [
        (GIVEN,),
        (CONSENT.replace("| yes |", "| |"),),
        (form.row("text", "consent", "May we?", ru="Можно?", required="yes"),),
        (CONSENT.replace("consent", "agreed"),),
        (GIVEN, form.row("select_one yes_no", "consent", "May we?", required="yes", relevant="${a} = 'x'")),
        ("| | begin_repeat | all | All | Все | | | | | | | |", CONSENT,
         "| | end_repeat | | | | | | | | | | |"),
    ],
)  # fmt: skip
def test_an_interview_without_a_question_of_consent_is_not_published(by, rows):
    survey = make.survey(state="draft", code="talks", kind="interview", languages=["en"])
    version = form.handed_in(survey, form.markdown(*rows, form_id="talks"), by)

    assert "consent" in names(version, refused=True)
    with pytest.raises(Refused, match="asks for consent first"):
        publish(form.acknowledged(version, by), by)


def test_an_interview_that_asks_for_consent_is_published(by):
    survey = make.survey(state="draft", code="talks", kind="interview", languages=["en"])
    version = form.handed_in(survey, form.markdown(CONSENT, GIVEN, form_id="talks"), by)

    assert publish(form.acknowledged(version, by), by).state == VersionState.PUBLISHED


def test_other_kinds_need_no_consent(survey, by):
    version = form.handed_in(survey, form.markdown(GIVEN), by)

    assert "consent" not in names(version, refused=True)


def test_an_archived_survey_publishes_nothing(survey, by):
    version = form.acknowledged(form.handed_in(survey, form.markdown(), by), by)
    Survey.objects.filter(pk=survey.pk).update(state=SurveyState.ARCHIVED)

    with pytest.raises(Refused, match="The survey is archived"):
        publish(version, by)


@pytest.mark.parametrize("state", ["published", "superseded", "refused"])
def test_only_what_waits_is_published_acknowledged_or_moved(survey, by, state):
    version = form.handed_in(survey, form.markdown(), by)
    FormVersion.objects.filter(pk=version.pk).update(state=state)

    for act in (
        lambda: publish(version, by),
        lambda: actions.acknowledge(version=version, names=set(), by=by, now=make.NOON),
        lambda: actions.confirm_moves(version=version, moves={}, by=by, now=make.NOON),
    ):
        with pytest.raises(Refused, match="no longer waiting"):
            act()


def test_a_version_older_than_the_one_in_use_is_not_published(survey, by):
    older = form.acknowledged(form.handed_in(survey, form.markdown(), by), by)
    form.published(survey, form.markdown(version="2"), by)

    with pytest.raises(Refused, match="Version 2 was published after this one was handed in"):
        publish(older, by)


def test_only_officers_publish_acknowledge_refuse_and_confirm(survey, by):
    version = form.handed_in(survey, form.markdown(), by)
    lead = viewer_of(make.invitation().lead, make.NOON)

    for viewer in (Viewer(), lead):
        for act in (
            lambda who: publish(version, who),
            lambda who: actions.refuse(version=version, by=who, now=make.NOON),
            lambda who: actions.acknowledge(version=version, names=set(), by=who, now=make.NOON),
            lambda who: actions.confirm_moves(version=version, moves={}, by=who, now=make.NOON),
        ):
            with pytest.raises(Denied):
                act(viewer)


def test_what_is_put_aside_stays_in_the_list(survey, by):
    version = form.handed_in(survey, form.markdown(), by)

    actions.refuse(version=version, by=by, now=make.NOON)

    assert [one.state for one in queries.versions(by, survey)] == [VersionState.REFUSED]


# ---------------------------------------------------------------- what publishing does


def test_publishing_supersedes_the_version_before(survey, by):
    first = form.published(survey, form.markdown(), by)

    second = form.published(survey, form.markdown(version="2"), by)

    first.refresh_from_db()
    assert (first.state, second.state) == (VersionState.SUPERSEDED, VersionState.PUBLISHED)


@pytest.mark.parametrize(
    ("state", "moves"),
    [(WaveState.PLANNED, True), (WaveState.SENDING, True), (WaveState.OPEN, True),
     (WaveState.CLOSED, False)],
)  # fmt: skip
def test_waves_that_are_not_over_ask_the_new_version(survey, by, state, moves):
    first = form.published(survey, form.markdown(), by)
    wave = make.wave(first, state=state.value)

    second = form.published(survey, form.markdown(version="2"), by)

    assert Wave.objects.get(pk=wave.pk).version == (second if moves else first)


def test_each_response_being_filled_in_is_asked_to_follow_once(survey, by):
    first = form.published(survey, form.markdown(), by)
    filling = form.response(first)
    signed = form.response(first, state=ResponseState.SIGNED.value)
    Job.objects.all().delete()

    second = form.published(survey, form.markdown(version="2"), by)

    keys = Job.objects.filter(name="surveys.migrate_response").values_list("key", flat=True)
    assert [*keys] == [f"surveys.migrate_response:{filling.pk}:{second.pk}"]
    assert Response.objects.get(pk=signed.pk).version == first


# ---------------------------------------------------------------- moves


def test_moves_are_kept_by_their_new_path(survey, by):
    form.published(survey, form.markdown(form.row("text", "a", "A", ru="А")), by)
    version = form.handed_in(
        survey, form.markdown(form.row("text", "b", "B", ru="Б"), version="2"), by
    )

    actions.confirm_moves(
        version=version, moves={"/data/b": "/data/a"}, by=by, now=make.NOON
    )  # fmt: skip

    version.refresh_from_db()
    assert version.moves == {"/data/b": "/data/a"}


@pytest.mark.parametrize(
    "moves",
    [
        {"/data/b": "/data/z"},
        {"/data/z": "/data/a"},
        {"/data/b": "/data/a", "/data/c": "/data/a"},
    ],
)
def test_moves_that_cannot_be_are_refused(survey, by, moves):
    form.published(survey, form.markdown(form.row("text", "a", "A", ru="А")), by)
    rows = (form.row("text", "b", "B", ru="Б"), form.row("text", "c", "C", ru="В"))
    version = form.handed_in(survey, form.markdown(*rows, version="2"), by)

    with pytest.raises(Refused):
        actions.confirm_moves(version=version, moves=moves, by=by, now=make.NOON)

    version.refresh_from_db()
    assert version.moves == {}


def test_a_first_version_has_nothing_to_move(survey, by):
    version = form.handed_in(survey, form.markdown(), by)

    found = actions.confirm_moves(version=version, moves={}, by=by, now=make.NOON)

    assert found.moves == {}


# ---------------------------------------------------------------- what is published stays


CHANGES = {
    "xform": "<x/>", "sha256": "0" * 64, "sheets": {}, "form_id": "other", "version": "9",
    "number": 99, "moves": {"/data/a": "/data/b"},
}  # fmt: skip


@pytest.mark.parametrize("state", [VersionState.PUBLISHED, VersionState.SUPERSEDED])
@pytest.mark.parametrize("field", CHANGES)
def test_the_database_refuses_to_change_a_published_form(survey, by, field, state):
    version = form.published(survey, form.markdown(), by)
    FormVersion.objects.filter(pk=version.pk).update(state=state)

    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        FormVersion.objects.filter(pk=version.pk).update(**{field: CHANGES[field]})


@pytest.mark.parametrize("field", CHANGES)
def test_a_checked_form_may_change(survey, by, field):
    version = form.handed_in(survey, form.markdown(), by)

    assert FormVersion.objects.filter(pk=version.pk).update(**{field: CHANGES[field]}) == 1


def test_what_says_nothing_of_the_form_may_change(survey, by):
    version = form.published(survey, form.markdown(), by)

    assert FormVersion.objects.filter(pk=version.pk).update(change_note="Typing mistake.") == 1
