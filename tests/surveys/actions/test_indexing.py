"""A published form is indexed: sections in order, questions with weight and readers."""

import pytest
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.surveys.models import FormVersion, Question

pytestmark = pytest.mark.django_db


def index(version: FormVersion) -> list[tuple[str, bool, list[str]]]:
    sections = version.sections.order_by("order").prefetch_related("questions")
    return [(one.path, one.is_repeat, [q.path for q in one.questions.all()]) for one in sections]


def published(*rows: str) -> FormVersion:
    survey = make.survey(state="draft", code="offices", languages=["en"])
    return form.published(survey, form.markdown(*rows))


def test_groups_and_repeats_at_the_top_are_sections_in_order():
    version = published(form.OFFICE, form.ROOMS, form.LINE)

    assert index(version) == [
        ("/data/office", False, ["/data/office/name", "/data/office/staff"]),
        ("/data/room", True, ["/data/room/seats"]),
        ("/data/link", False, ["/data/link/has", "/data/link/mbps"]),
    ]


def test_questions_outside_any_group_are_sections_where_they_stand():
    early, late = form.row("text", "early", "Early"), form.row("text", "late", "Late")
    version = published(early, form.OFFICE, late)

    assert index(version) == [
        ("", False, ["/data/early"]),
        ("/data/office", False, ["/data/office/name", "/data/office/staff"]),
        ("after-office", False, ["/data/late"]),
    ]


def test_a_calculation_outside_any_group_joins_the_first_section():
    double = form.row("calculate", "double", "", calculation="${staff} * 2")

    version = published(form.OFFICE, double)

    assert index(version) == [
        ("/data/office", False, ["/data/office/name", "/data/office/staff", "/data/double"])
    ]


def test_inner_groups_belong_to_the_section_around_them():
    inner = "\n".join(
        ["| | begin_group | inner | Inner | | | | | | | | |", form.row("text", "deep", "Deep"),
         form.row("calculate", "sum", "", calculation="1 + 1"),
         "| | end_group | | | | | | | | | | |"]
    )  # fmt: skip
    outer = form.OFFICE.replace(
        "| | end_group | | | | | | | | | | |", f"{inner}\n| | end_group | | | | | | | | | | |"
    )

    version = published(outer)

    assert index(version)[0][2][2:] == ["/data/office/inner/deep", "/data/office/inner/sum"]


def test_kinds_types_repeats_weights_and_readers_are_kept():
    head = form.HEAD.replace("| bind::serai:was |", "| bind::serai:weight | bind::serai:audience |")
    rows = [
        "| | text | open | Open | | | | | | | | 2.5 | security |",
        "| | note | said | Said | | | | | | | | | |",
        "| | calculate | sum | | | | | | | | 1 + 1 | | |",
        form.ROOMS,
    ]
    text = form.markdown(*rows).replace(form.HEAD, head)
    survey = make.survey(state="draft", code="offices", languages=["en"])

    version = form.published(survey, text)

    kept = Question.objects.filter(version=version).order_by("order")
    assert [(q.path, q.kind, q.type, q.repeat_path, q.weight, q.audience) for q in kept] == [
        ("/data/open", "input", "string", "", 2.5, "security"),
        ("/data/said", "note", "string", "", 1.0, ""),
        ("/data/sum", "calculate", "string", "", 1.0, ""),
        ("/data/room/seats", "input", "int", "/data/room", 1.0, ""),
    ]
