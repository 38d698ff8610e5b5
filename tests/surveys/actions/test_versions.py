"""A form handed in becomes a checked version, or a refused one that says all that is wrong."""

import io
import zipfile

import pytest
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.base.access import Denied, Viewer
from serai.base.files import Checked, check_file
from serai.base.files import Refused as FileRefused
from serai.base.jobs import run_ready
from serai.base.models import AuditEntry, Job, JobState, StoredFile
from serai.base.xlsform import read_xlsform, to_xlsx
from serai.surveys import actions, queries
from serai.surveys.actions import Refused, versions
from serai.surveys.models import FormFile, FormVersion, Phrase
from serai.surveys.states import SurveyState, VersionState

pytestmark = pytest.mark.django_db
LISTED = form.row("select_one_from_file cities.csv", "city", "City", ru="Город")


@pytest.fixture
def survey():
    return make.survey(state="draft", code="offices")


@pytest.fixture
def by():
    return form.officer()


def wrong(version: FormVersion) -> list[tuple[str, int, str, str]]:
    return [(one.sheet, one.row, one.column, one.text) for one in queries.problems(version)]


def test_a_form_that_reads_well_is_checked(survey, by):
    version = form.handed_in(survey, form.markdown(), by)

    assert (version.number, version.state) == (1, VersionState.CHECKED)
    assert (version.form_id, version.version) == ("offices", "1")
    assert (version.languages, version.default_language) == (["en", "ru"], "English (en)")
    assert version.source.name == "form.md"
    assert queries.compiled(version).digest == version.sha256
    assert Phrase.objects.filter(survey=survey, language="ru").count() == 11


def test_a_form_that_computes_for_ever_is_stopped_and_told(survey, by, monkeypatch):
    monkeypatch.setattr(versions, "READING_SECONDS", 1.0)
    every = "/".join(["instance('many')", "root", "item"])
    around = f"count({every}[count({every}[count({every}[name != '']) > 0]) > 0])"
    choices = "| choices |\n| | list_name | name | label::English (en) | label::Русский (ru) |\n"
    choices += "".join(f"| | many | c{n} | C{n} | Ч{n} |\n" for n in range(800))
    asked = form.row("select_one many", "one", "One?", ru="Один?")
    endless = form.row("calculate", "all", "", calculation=around)

    version = form.handed_in(survey, form.markdown(asked, endless, choices=choices), by)

    assert version.state == VersionState.REFUSED
    assert wrong(version) == [
        (
            "", 0, "",
            "Reading the form was stopped: it took more than 1 seconds, or too much memory. "
            "Look for a calculation or condition that goes through a long list again and again.",
        )
    ]  # fmt: skip


def test_the_same_form_as_a_workbook_is_the_same_form(survey, by):
    text = form.markdown()
    content = to_xlsx(read_xlsform(text, "form.md").sheets)
    checked = check_file(io.BytesIO(content), "form.xlsx", kinds=("xlsx",))

    actions.upload_version(survey=survey, checked=checked, by=by, now=make.NOON)
    run_ready(now=make.NOON)

    assert survey.versions.get().xform == read_xlsform(text, "form.md").xform


def test_all_that_is_wrong_is_said_at_once_and_the_old_version_stays(survey, by):
    first = form.published(survey, form.markdown(), by)
    rows = (
        form.row("text", "a", "A", relevant="${nowhere} = 1"),
        form.row("integer", "a", "B"),
        form.row("select_one none", "c", "C"),
    )

    version = form.handed_in(survey, form.markdown(*rows, version="2"), by)

    assert version.state == VersionState.REFUSED
    assert (version.xform, version.sheets) == ("", {})
    assert [(sheet, row, column) for sheet, row, column, _text in wrong(version)] == [
        ("survey", 2, "relevant"), ("survey", 3, "name"), ("survey", 4, "type"),
    ]  # fmt: skip
    first.refresh_from_db()
    assert first.state == VersionState.PUBLISHED


def test_three_hundred_problems_are_all_kept(survey, by):
    rows = [form.row("text", f"q{n}", "Q", relevant=f"${{gone{n}}} = 1") for n in range(300)]

    version = form.handed_in(survey, form.markdown(*rows), by)

    assert len(queries.problems(version)) == 300


def test_what_is_no_workbook_is_said(survey, by):
    checked = Checked(b"not a workbook", "form.xlsx", "application/x")

    actions.upload_version(survey=survey, checked=checked, by=by, now=make.NOON)
    run_ready(now=make.NOON)

    (said,) = wrong(survey.versions.get())
    assert said[:3] == ("", 0, "")
    assert "the content is not what the name says" in said[3]


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000}, "ratio"),
        ({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}, "macros"),
    ],
)
def test_bombs_and_macros_never_reach_the_job(survey, parts, code):
    file = packed(parts)

    with pytest.raises(FileRefused) as refused:
        check_file(file, "form.xlsx", kinds=("xlsx",))

    assert refused.value.code == code
    assert (StoredFile.objects.count(), survey.versions.count()) == (0, 0)


def test_a_bomb_that_reached_the_store_is_refused_by_the_job_too(survey, by):
    content = packed({"xl/workbook.xml": b"<x/>", "xl/a.xml": b"0" * 60_000_000}).getvalue()
    checked = Checked(content, "form.xlsx", "application/x")

    actions.upload_version(survey=survey, checked=checked, by=by, now=make.NOON)
    run_ready(now=make.NOON)

    (said,) = wrong(survey.versions.get())
    assert "packed far more tightly" in said[3]


def test_a_circle_is_refused_with_its_row(survey, by):
    rows = (
        form.row("calculate", "a", "", calculation="${b} + 1"),
        form.row("calculate", "b", "", calculation="${a} + 1"),
    )

    version = form.handed_in(survey, form.markdown(*rows), by)

    assert version.state == VersionState.REFUSED
    assert {(sheet, row) for sheet, row, _column, _text in wrong(version)} <= {
        ("survey", 2), ("survey", 3),
    }  # fmt: skip
    assert queries.problems(version) != []


def test_a_form_of_another_name_is_refused(survey, by):
    form.published(survey, form.markdown(), by)

    version = form.handed_in(survey, form.markdown(form_id="other", version="2"), by)

    assert wrong(version) == [
        (
            "settings", 2, "form_id",
            "The form is called “other”, but this survey's form is called “offices”. "
            "Write that name, or make another survey.",
        )
    ]  # fmt: skip


def test_a_form_of_another_survey_is_refused(survey, by):
    form.published(make.survey(code="theirs"), form.markdown(), by)

    version = form.handed_in(survey, form.markdown(version="9"), by)

    assert [said[:3] for said in wrong(version)] == [("settings", 2, "form_id")]
    assert version.refused_for[0]["code"] == "form_id_taken"


def test_the_same_version_again_is_refused_with_a_free_name(survey, by):
    form.published(survey, form.markdown(), by)
    form.handed_in(survey, form.markdown(version="2"), by)

    version = form.handed_in(survey, form.markdown(), by)

    assert wrong(version) == [
        (
            "settings", 2, "version",
            "Version “1” is here already. Write another one, such as 3.".replace("3.", "“3”."),
        )
    ]  # fmt: skip


def test_the_name_of_a_version_put_aside_may_be_used_again(survey, by):
    first = form.handed_in(survey, form.markdown(), by)
    actions.refuse(version=first, by=by, now=make.NOON)

    second = form.handed_in(survey, form.markdown(), by)

    assert (second.state, second.number) == (VersionState.CHECKED, 2)


def test_long_names_are_refused_by_name(survey, by):
    version = form.handed_in(survey, form.markdown(form_id="f" * 65, version="v" * 41), by)

    assert [(said[1], said[2]) for said in wrong(version)] == [(2, "form_id"), (2, "version")]
    assert (len(version.form_id), len(version.version)) == (64, 40)


def test_paths_too_long_to_keep_are_refused(survey, by):
    name = "n" * 320

    version = form.handed_in(survey, form.markdown(form.row("text", name, "N")), by)

    assert [said[:3] for said in wrong(version)] == [("survey", 2, "name")]


def test_a_form_that_never_comes_to_rest_is_refused_by_its_row(survey, by):
    other = "coalesce(indexed-repeat(${x}, ${r}, 3 - position(..)), 0) + 1"
    rows = [
        form.row("begin repeat", "r", "R"),
        form.row("text", "y", "Y"),
        form.row("calculate", "x", "", calculation=other),
        form.row("end repeat", "", ""),
    ]

    version = form.handed_in(survey, form.markdown(*rows), by)

    assert [said[:3] for said in wrong(version)] == [("survey", 4, "calculation")]


def test_an_archived_survey_takes_no_form(by):
    archived = make.survey(state=SurveyState.ARCHIVED.value)

    with pytest.raises(Refused) as refused:
        form.handed_in(archived, form.markdown(), by)

    assert (refused.value.field, StoredFile.objects.count()) == ("file", 0)


def test_a_stranger_hands_nothing_in(survey):
    checked = Checked(b"", "form.md", form.MARKDOWN)

    with pytest.raises(Denied):
        actions.upload_version(survey=survey, checked=checked, by=Viewer(), now=make.NOON)

    assert StoredFile.objects.count() == 0


def test_handing_in_leaves_lines_in_the_audit(survey, by):
    version = form.handed_in(survey, form.markdown(), by)

    lines = AuditEntry.objects.order_by("id").values_list("verb", "thing")
    assert [*lines] == [
        ("upload_version", f"surveys.survey:{survey.pk}"),
        ("keep_version", f"surveys.formversion:{version.pk}"),
    ]


def test_a_survey_removed_meanwhile_gives_the_job_up(survey, by):
    checked = Checked(form.markdown().encode(), "form.md", form.MARKDOWN)
    actions.upload_version(survey=survey, checked=checked, by=by, now=make.NOON)
    survey.delete()

    run_ready(now=make.NOON)

    assert (Job.objects.get().state, Job.objects.get().error) == (
        JobState.FAILED, "The survey is no longer here.",
    )  # fmt: skip


# ---------------------------------------------------------------- files a form names


def a_list(name: str = "cities.csv", text: str = "name,label\ntbs,Tbilisi\n") -> Checked:
    return check_file(io.BytesIO(text.encode()), name, kinds=("csv",))


def test_a_file_the_form_names_is_added_and_used(survey, by):
    version = form.handed_in(survey, form.markdown(LISTED), by)

    actions.add_file(version=version, checked=a_list(), by=by, now=make.NOON)

    assert [one.name for one in queries.named_files(version) if one.stored] == ["cities.csv"]
    (section,) = queries.preview(version, "en")
    assert section.questions[0].choices == (("tbs", "Tbilisi"),)


def test_another_file_takes_its_place(survey, by):
    version = form.handed_in(survey, form.markdown(LISTED), by)
    actions.add_file(version=version, checked=a_list(), by=by, now=make.NOON)

    actions.add_file(
        version=version, checked=a_list(text="name,label\nosh,Osh\n"), by=by, now=make.NOON
    )

    (section,) = queries.preview(version, "en")
    assert (section.questions[0].choices, FormFile.objects.count()) == ((("osh", "Osh"),), 1)


def test_a_file_the_form_does_not_name_is_refused(survey, by):
    version = form.handed_in(survey, form.markdown(LISTED), by)

    with pytest.raises(Refused) as refused:
        actions.add_file(version=version, checked=a_list("towns.csv"), by=by, now=make.NOON)

    assert str(refused.value) == "The form names no file “towns.csv”. It names: cities.csv."


def test_a_published_form_keeps_its_files(survey, by):
    version = form.handed_in(survey, form.markdown(LISTED), by)
    actions.add_file(version=version, checked=a_list(), by=by, now=make.NOON)
    form.acknowledged(version, by)
    actions.publish(version=version, by=by, now=make.NOON)

    with pytest.raises(Refused):
        actions.add_file(version=version, checked=a_list(), by=by, now=make.NOON)


def test_the_next_version_takes_over_the_files_it_names_again(survey, by):
    version = form.handed_in(survey, form.markdown(LISTED), by)
    actions.add_file(version=version, checked=a_list(), by=by, now=make.NOON)
    form.acknowledged(version, by)
    actions.publish(version=version, by=by, now=make.NOON)

    following = form.handed_in(survey, form.markdown(LISTED, version="2"), by)
    without = form.handed_in(survey, form.markdown(form.OFFICE, version="3"), by)

    assert [one.name for one in following.files.all()] == ["cities.csv"]
    assert [*without.files.all()] == []
