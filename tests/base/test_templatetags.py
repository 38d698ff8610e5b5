import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.forms import CharField, Form, IntegerField, formset_factory
from django.template import Context
from django.utils import translation

from serai.base.shown import Linked, Mark
from serai.base.tables import Column, Table
from serai.base.templatetags import serai
from serai.base.text import TranslatedText

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
HOSTILE = "<b>x</b>"


@pytest.mark.parametrize(
    ("zone", "own", "written"),
    [
        ("Asia/Tashkent", "Asia/Manila", "30 June 2021, 17:00 Tashkent (20:00 Manila)"),
        ("Asia/Tashkent", "Asia/Karachi", "30 June 2021, 17:00 Tashkent"),
        ("UTC", "UTC", "30 June 2021, 12:00 UTC"),
        ("Asia/Tokyo", "America/New_York", "30 June 2021, 21:00 Tokyo (08:00 New York)"),
        ("Mars/Base", "UTC", "30 June 2021, 12:00 Base"),
    ],
)
def test_two_clocks(zone, own, written):
    assert serai.two_clocks(NOON, zone, own) == written


def test_two_clocks_name_the_other_day():
    late = datetime(2021, 6, 30, 19, tzinfo=UTC)

    assert serai.two_clocks(late, "Asia/Tashkent", "America/New_York") == (
        "1 July 2021, 00:00 Tashkent (30 June, 15:00 New York)"
    )


def test_two_clocks_without_the_year():
    assert serai.two_clocks(NOON, "Asia/Tashkent", "Asia/Manila", year=False) == (
        "30 June, 17:00 Tashkent (20:00 Manila)"
    )


def test_when_writes_a_time_element():
    assert serai.when(Context({}), NOON, "Asia/Tashkent") == (
        '<time datetime="2021-06-30T12:00+00:00">30 June 2021, 17:00 Tashkent (12:00 UTC)</time>'
    )


def test_when_of_a_day_has_no_clock():
    assert serai.when(Context({}), date(2021, 6, 30)) == (
        '<time datetime="2021-06-30">30 June 2021</time>'
    )


def test_when_of_nothing_is_nothing():
    assert serai.when(Context({}), None) == ""


@pytest.mark.parametrize(
    ("moment", "zone", "written"),
    [
        (datetime(2021, 6, 30, 16, tzinfo=UTC), "Asia/Manila", "1 July 2021"),
        (datetime(2021, 6, 30, 16, tzinfo=UTC), "UTC", "30 June 2021"),
        (date(2021, 6, 30), "Asia/Manila", "30 June 2021"),
        (None, "Asia/Manila", ""),
    ],
)
def test_the_day_of_a_moment_is_that_of_the_zone(moment, zone, written):
    assert re.sub("<[^>]+>", "", serai.day_in(moment, zone)) == written


def test_day_in_russian():
    with translation.override("ru"):
        assert (
            serai.day(date(2021, 6, 30))
            == '<time datetime="2021-06-30">30 июня 2021\N{NO-BREAK SPACE}г.</time>'
        )


def test_translated_marks_the_language_of_a_fallback():
    with translation.override("ru"):
        assert serai.translated(TranslatedText.of(HOSTILE)) == (
            '<span lang="en" dir="auto">&lt;b&gt;x&lt;/b&gt;</span>'
        )


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        (None, "text", '<span class="muted">no data</span>'),
        (0, "number", "<bdi>0</bdi>"),
        (Decimal("2.50"), "number", "<bdi>2.5</bdi>"),
        (84, "percent", "<bdi>84 %</bdi>"),
        (True, "text", "yes"),
        (HOSTILE, "text", "&lt;b&gt;x&lt;/b&gt;"),
        (date(2021, 6, 30), "day", '<time datetime="2021-06-30">30 June 2021</time>'),
        (
            Mark("wrong", HOSTILE),
            "text",
            '<span class="state wrong"><span aria-hidden="true">!</span> &lt;b&gt;x&lt;/b&gt;</span>',
        ),
        (
            Linked(HOSTILE, "/a?b&c"),
            "text",
            '<span><a href="/a?b&amp;c">&lt;b&gt;x&lt;/b&gt;</a></span>',
        ),
        (
            Linked("A", "/a", is_sample=True, note="new"),
            "text",
            '<span><a href="/a">A</a> <span class="tag">Sample</span> <span class="muted">new</span></span>',
        ),
    ],
)
def test_cell(value, kind, written):
    assert serai.cell(Context({}), value, kind) == written


def test_table_rows_read_sequences_and_mappings():
    columns = (Column("a", "A"), Column("b", "B"))
    table = Table("t", columns, [(1, 2), {"b": 4}])

    assert [[value for _, value in row] for row in serai.table_rows(table)] == [[1, 2], [None, 4]]


class ExampleForm(Form):
    name = CharField(label="Name")
    count = IntegerField(label="Count")

    def clean(self):
        self.add_error(None, "Both are wrong.")


def test_error_links_lead_to_their_fields():
    form = ExampleForm({"count": "x"})

    assert [(e.address, e.text) for e in serai.error_links(form)] == [
        ("", "Both are wrong."),
        ("#id_name", "Name: This field is required."),
        ("#id_count", "Count: Enter a whole number."),
    ]


@pytest.mark.parametrize("label", ["As of which day?", "از چه روزی؟"])
def test_an_error_follows_a_question_without_a_colon(label):
    form = ExampleForm({"name": "A"})
    form.fields["count"].label = label

    assert serai.error_links(form)[-1].text == f"{label} This field is required."


def test_error_links_of_a_formset():
    data = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-name": "A",
        "form-0-count": "x",
    }
    forms = formset_factory(ExampleForm)(data)

    assert [e.address for e in serai.error_links("", forms)] == ["", "#id_form-0-count"]


def test_error_links_of_no_form():
    assert serai.error_links("", "") == []


@pytest.mark.parametrize(
    ("words", "joined"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_sequence(words, joined):
    assert serai.sequence(words) == joined


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("fa", "rtl"), ("xx-rtl", "rtl")]
)
def test_direction(language, direction):
    assert serai.direction(language) == direction
