"""Every component renders, shows hostile words as words, and has no word of style or script."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.contrib.messages import ERROR
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import override_settings

import serai.base
from serai.base import charts
from serai.base.forms.texts import put_texts
from serai.base.pages import Crumb, Todo
from serai.base.shown import Figure, JobShown, Linked, Mark, Sort, Tab
from serai.base.tables import Column, Table
from serai.base.views import examples

FOLDER = Path(serai.base.__file__).parent / "templates" / "serai" / "components"
BAD = '"><script>alert(1)</script>'
AT = datetime(2021, 6, 30, 12, tzinfo=UTC)
TABLE = Table(
    BAD, (Column("a", BAD), Column("b", BAD, "number")), [(Linked(BAD, BAD), 1), (BAD, None)]
)
CONTEXTS: dict[str, dict[str, object]] = {
    "_button": {"label": BAD, "more": BAD, "send_name": BAD, "send_value": BAD, "kind": "danger"},
    "_callout": {"title": BAD, "text": BAD, "address": BAD, "verb": BAD},
    "_chart": {"chart": charts.bars([charts.Bar(BAD, 1)], title=BAD), "finding": BAD, "note": BAD},
    "_crumbs": {"crumbs": (Crumb(BAD, BAD), Crumb(BAD))},
    "_details": {"summary": BAD, "text": BAD},
    "_empty": {"text": BAD, "verb": BAD, "address": BAD},
    "_error_summary": {"form": examples.failed_form()},
    "_figures": {"figures": (Figure(BAD, BAD, BAD),)},
    "_form": {"form": examples.ExampleForm({"name": BAD, "speed": BAD})},
    "_head": {"column": Column("a", BAD), "sort": Sort("a", query="kind=a", columns=("a",))},
    "_job": {"job": JobShown("7", BAD, True, "/a", done=1, total=4, unit=BAD, cancel_address=BAD)},
    "_person_time": {"person": BAD, "at": AT, "zone": "Asia/Tashkent"},
    "_pager": {"page": Paginator(range(120), 50).page(2), "query": BAD},
    "_posted": {"posted": [(BAD, BAD)]},
    "_sample": {},
    "_save_bar": {"label": BAD, "second": BAD, "back": BAD, "saved_at": AT},
    "_state": {"tone": "done", "word": BAD},
    "_table": {
        "table": TABLE,
        "sort": Sort("a", query="kind=a", columns=("a",)),
        "page": Paginator(range(120), 50).page(1),
    },
    "_tabs": {"tabs": (Tab(BAD, BAD, count=3),), "label": BAD},
    "_todos": {"todos": (Todo(BAD, BAD, BAD, due_at=AT, note=BAD, is_sample=True),)},
    "_kept_sort": {"sort": Sort(BAD)},
    "_messages": {"messages": (Message(ERROR, BAD),)},
}
FRAMED = {"_field", "_formset", "_footer", "_mark", "_masthead", "_optional", "_sections", "_tools"}


def render(name: str, context: dict[str, object]) -> str:
    return render_to_string(f"serai/components/{name}.html", context)


def test_every_component_is_tried_here():
    assert {path.stem for path in FOLDER.glob("*.html")} == set(CONTEXTS) | FRAMED


@pytest.mark.parametrize("name", CONTEXTS)
def test_component_shows_hostile_words_as_words(name: str):
    html = render(name, CONTEXTS[name])

    assert "<script" not in html
    assert not re.search(r'\s(?:style|on[a-z]+)="', html)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem)
def test_component_has_no_style_and_no_script(path: Path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|hx-on|js:", text)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem)
def test_comments_end_on_their_line(path: Path):
    lines = path.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if ("{#" in line) != ("#}" in line)] == []


def test_button_leads_or_sends():
    assert '<a class="button quiet" href="/a">Go</a>' in render(
        "_button", {"label": "Go", "kind": "quiet", "address": "/a"}
    )
    assert '<button class="button ">Send</button>' in render("_button", {"label": "Send"})


def test_field_stands_in_order_label_hint_error_input():
    html = str(examples.failed_form()["speed"].as_field_group())

    places = [
        html.index(part) for part in ("<label", 'class="hint"', 'class="error"', "<input", "Mbit/s")
    ]
    assert places == sorted(places)


def test_field_tells_readers_of_hint_and_error():
    html = str(examples.failed_form()["speed"].as_field_group())

    assert 'aria-describedby="id_speed_helptext id_speed_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_speed_error"' in html


def test_radio_rows_are_labels_with_their_input_inside():
    html = str(examples.ExampleForm()["link"].as_field_group())

    assert html.count('<label class="option"') == 3
    assert html.count("<legend>") == 1


def test_optional_fields_say_so():
    form = examples.ExampleForm()

    assert "(optional)" in str(form["note"].as_field_group())
    assert "(optional)" not in str(form["name"].as_field_group())


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, []), (2, ["one of the two is needed"]), (3, ["one of these is needed"])],
)
def test_fields_of_which_one_is_needed_are_not_called_optional(count, said):
    form = forms.Form()
    languages = (("en", "English"), ("ru", "Russian"), ("kk", "Kazakh"))[:count]
    with override_settings(LANGUAGES=languages):
        names = put_texts(form, "title", "Title", is_needed=True)

    drawn = [str(form[name].as_field_group()) for name in names]

    assert [re.findall(r"\((\w[^)]*needed|optional)\)", one) for one in drawn] == [said] * count


def test_error_summary_is_first_to_be_focused():
    html = render("_error_summary", {"form": examples.failed_form()})

    assert 'role="alert" tabindex="-1" autofocus' in html
    assert html.count("<li>") == 4
    assert 'href="#id_speed"' in html


def test_error_summary_of_a_good_form_is_empty():
    assert render("_error_summary", {"form": examples.ExampleForm()}).strip() == ""


def test_error_summary_leads_to_the_first_radio():
    form = examples.ExampleForm({"name": "A"})

    assert 'href="#id_link_0"' in render("_error_summary", {"form": form})


def test_table_names_each_cell_for_phones():
    html = render(
        "_table", {"table": Table("T", (Column("a", "A"), Column("b", "B", "number")), [("x", 1)])}
    )

    assert '<th scope="row">x</th><td class="number" data-label="B"><bdi>1</bdi></td>' in html


def test_table_says_how_it_is_sorted():
    sort = Sort("b", is_descending=True, query="kind=a", columns=("b",))

    html = render("_table", {"table": TABLE, "sort": sort})

    assert html.count('aria-sort="descending"') == 1
    assert html.partition("</thead>")[0].count("<a href=") == 1
    assert '<a href="?kind=a&amp;sort=b">' in html


def test_a_form_of_filters_keeps_the_order():
    chosen = render("_kept_sort", {"sort": Sort("b", is_descending=True)})

    assert chosen.strip() == '<input type="hidden" name="sort" value="-b">'
    assert render("_kept_sort", {"sort": Sort("")}).strip() == ""


def test_running_job_asks_again_and_has_a_link_without_script():
    html = render("_job", {"job": JobShown("7", "Reading", True, "/jobs/7/", done=1, total=4)})

    assert 'hx-get="/jobs/7/?asked=1" hx-trigger="load delay:3s"' in html
    assert '<a href="/jobs/7/">Check now</a>' in html


def test_finished_job_asks_no_more():
    html = render("_job", {"job": JobShown("7", "", False, "/jobs/7/", result_address="/r")})

    assert "hx-get" not in html
    assert 'href="/r"' in html


def test_state_mark_has_symbol_and_word():
    assert render("_state", {"mark": Mark("part", "begun")}).strip() == (
        '<span class="state info"><span aria-hidden="true">◐</span> begun</span>'
    )


def test_chart_brings_both_drawings_and_its_table():
    html = render("_chart", {"chart": examples.strip(), "finding": "Four reach it"})

    assert (html.count("<svg"), html.count("<table"), html.count("<h3>")) == (2, 1, 1)
