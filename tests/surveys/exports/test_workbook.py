"""Every type of answer goes into the workbook and comes back as it was; every way to change one."""

import io
import itertools

import pytest
from openpyxl import load_workbook
from tests.factories import surveys as make

from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change
from serai.surveys.exports.returned import read_returned
from serai.surveys.exports.workbook import workbook_file
from serai.surveys.models import AnswerHead
from serai.surveys.queries import workbook
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db
_ids = itertools.count(1)
ANSWER = 3

ITEMS = (
    "<item><label>Same</label><value>a</value></item>"
    "<item><label>Same</label><value>b</value></item>"
    "<item><label>Third</label><value>c|d</value></item>"
)
XFORM = f"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms">
<h:head><h:title>Types</h:title><model odk:xforms-version="1.0.0">
<instance><data id="types" version="{{version}}">
 <t><text/><many/><rank/><day/><moment/><dec/><tick/><one/><sum/></t>
 <outer jr:template=""><name/><picks/><inner jr:template=""><size/></inner></outer>
 <meta><instanceID/></meta>
</data></instance>
<bind nodeset="/data/t/text" type="string"/>
<bind nodeset="/data/t/many" type="string"/>
<bind nodeset="/data/t/rank" type="odk:rank"/>
<bind nodeset="/data/t/day" type="date"/>
<bind nodeset="/data/t/moment" type="dateTime"/>
<bind nodeset="/data/t/dec" type="decimal"/>
<bind nodeset="/data/t/tick" type="string"/>
<bind nodeset="/data/t/one" type="string"/>
<bind nodeset="/data/t/sum" type="string" calculate="concat( /data/t/text , '!')"/>
<bind nodeset="/data/outer/name" type="string"/>
<bind nodeset="/data/outer/picks" type="string"/>
<bind nodeset="/data/outer/inner/size" type="int"/>
</model></h:head>
<h:body>
<group ref="/data/t"><label>Types</label>
 <input ref="/data/t/text"><label>Text</label></input>
 <select ref="/data/t/many"><label>Many</label>{ITEMS}</select>
 <odk:rank ref="/data/t/rank"><label>Rank</label>{ITEMS}</odk:rank>
 <input ref="/data/t/day"><label>Day</label></input>
 <input ref="/data/t/moment"><label>Moment</label></input>
 <input ref="/data/t/dec"><label>Decimal</label></input>
 <trigger ref="/data/t/tick"><label>Tick</label></trigger>
 <select1 ref="/data/t/one"><label>One</label>{ITEMS}</select1>
</group>
<group ref="/data/outer"><label>Outer</label><repeat nodeset="/data/outer">
 <input ref="/data/outer/name"><label>Name</label></input>
 <select ref="/data/outer/picks"><label>Picks</label>{ITEMS}</select>
 <group ref="/data/outer/inner"><label>Inner</label><repeat nodeset="/data/outer/inner">
  <input ref="/data/outer/inner/size"><label>Size</label></input>
 </repeat></group>
</repeat></group>
</h:body></h:html>"""

ANSWERS = {
    "text": "  two\nlines = 1.0", "many": "b c|d", "rank": "c|d a b", "day": "2021-03-05",
    "moment": "2021-03-05T10:00:00.000+04:00", "dec": "0.10", "tick": "OK", "one": "b",
}  # fmt: skip


@pytest.fixture
def response():
    return actions.start_response(
        invitation=make.invitation(make.wave(make.version(xform=XFORM))), by=None, now=make.NOON
    )


@pytest.fixture
def lead(response):
    return viewer_of(response.invitation.lead, make.NOON)


@pytest.fixture
def filled(response, lead):
    give(response, lead, {Ref(f"/data/t/{name}"): text for name, text in ANSWERS.items()})
    for key in ("o1", "o2"):
        add(response, lead, "/data/outer", "", key)
        give(
            response, lead, {Ref("/data/outer/name", key): key, Ref("/data/outer/picks", key): "a"}
        )
    add(response, lead, "/data/outer/inner", "o2", "i1")
    give(response, lead, {Ref("/data/outer/inner/size", "i1"): "7"})
    return fresh_response(response.pk)


def add(response, by, path, parent, key):
    actions.add_entry(
        response=response, repeat_path=path, parent=parent, key=key, by=by, now=make.NOON
    )


def give(response, by, answers):
    changes = [Change(f"c{next(_ids)}", ref, 0, text) for ref, text in answers.items()]
    written = actions.write_answers(response=response, changes=changes, by=by, now=make.NOON)
    assert {one.kept for one in written.outcomes} == {"saved"}


def out(response, by):
    return load_workbook(
        io.BytesIO(workbook_file(workbook(by, response, make.NOON, "en"), response))
    )


def taken(response, book, by):
    file = io.BytesIO()
    book.save(file)
    returned = read_returned(file.getvalue(), "back.xlsx", response.public_id)
    seen = actions.try_workbook(response=response, returned=returned, by=by, now=make.NOON)
    return actions.take_workbook(
        response=response, returned=returned, seen=seen.digest, by=by, now=make.NOON
    )


def stands(response):
    rows = AnswerHead.objects.filter(response=response).select_related("answer")
    return {f"{row.path}@{row.entry}": row.answer.value for row in rows}


def told(found):
    return [(one.meant.ref.path, one.fate.value, one.why) for one in found.cells
            if one.fate.value != "same"]  # fmt: skip


def test_every_type_comes_back_as_it_went(filled, lead):
    before = stands(filled)

    found = taken(filled, out(filled, lead), lead)

    assert (told(found), found.strays, found.changes) == ([], [], 0)
    assert stands(filled) == before
    assert before["/data/t/text@"] == "  two\nlines = 1.0"


def test_a_row_a_choice_and_a_sheet_a_repeat(filled, lead):
    book = out(filled, lead)

    assert book.sheetnames == ["Read me", "Types", "Outer", "Inner", "Lists"]
    rows = [[cell.value for cell in row[:3]] for row in book["Types"].iter_rows(min_row=3)]
    assert rows[:9] == [
        [1, "Text", "  two\nlines = 1.0"], [2, "Many", None], [None, "- Same (a)", None],
        [None, "- Same (b)", "x"], [None, "- Third", "x"], [3, "Rank", None],
        [None, "- Same (a)", 2], [None, "- Same (b)", 3], [None, "- Third", 1],
    ]  # fmt: skip
    outer = [[cell.value for cell in row[1:]] for row in book["Outer"].iter_rows(min_row=2)]
    assert outer == [
        ["No.", "Delete", "Name", "Picks: Same (a)", "Picks: Same (b)", "Picks: Third"],
        [1, None, "o1", "x", None, None], [2, None, "o2", "x", None, None],
    ]  # fmt: skip
    inner = [[cell.value for cell in row[1:]] for row in book["Inner"].iter_rows(min_row=2)]
    assert inner == [["No.", "Delete", "Belongs to no.", "Size"], [1, None, 2, 7]]


def test_each_type_is_changed_by_its_cell(filled, lead):
    book = out(filled, lead)
    sheet = book["Types"]
    for row, text in {3: "new", 5: "x", 6: None, 9: 1, 10: 2, 11: 3, 12: "2021-04-01", 14: 0.25,
                      15: None, 16: "Third"}.items():  # fmt: skip
        sheet.cell(row, ANSWER).value = text
    book["Outer"].cell(3, 6).value = "X"

    found = taken(filled, book, lead)

    assert {fate for _path, fate, _why in told(found)} == {"new"}
    now = stands(filled)
    assert {name: now[f"/data/t/{name}@"] for name in ANSWERS} == {
        "text": "new", "many": "a c|d", "rank": "a b c|d", "day": "2021-04-01",
        "moment": ANSWERS["moment"], "dec": "0.25", "tick": "", "one": "c|d",
    }  # fmt: skip
    assert now["/data/outer/picks@o1"] == "a b"
    assert now["/data/t/sum@"] == "new!"


def test_a_place_in_a_ranking_given_twice_is_refused(filled, lead):
    book = out(filled, lead)
    book["Types"].cell(9, ANSWER).value = 1

    assert told(taken(filled, book, lead)) == [
        ("/data/t/rank", "refused", "Write 1, 2, 3 beside the choices, each number once.")
    ]


def test_new_entries_stand_inside_new_ones(filled, lead):
    book = out(filled, lead)
    outer, inner = book["Outer"], book["Inner"]
    outer.cell(5, 2).value, outer.cell(5, 4).value = 9, "o3"
    inner.cell(4, 4).value, inner.cell(4, 5).value = 9, 30

    found = taken(filled, book, lead)

    assert (found.added, found.strays, told(found)) == (
        2, [], [("/data/outer/name", "new", ""), ("/data/outer/inner/size", "new", "")],
    )  # fmt: skip
    response = fresh_response(filled.pk)
    again = out(response, lead)
    assert [cell.value for cell in again["Inner"][4]][3:5] == [3, 30]
    assert taken(response, again, lead).changes == 0


def test_a_repeat_without_entries_offers_its_columns(response, lead):
    book = out(response, lead)

    assert [cell.value for cell in book["Outer"][2]][1:] == [
        "No.", "Delete", "Name", "Picks: Same (a)", "Picks: Same (b)", "Picks: Third",
    ]  # fmt: skip
    assert [cell.value for cell in book["Inner"][2]][1:] == [
        "No.", "Delete", "Belongs to no.", "Size",
    ]  # fmt: skip
    assert (book["Outer"].max_row, book["Inner"].max_row) == (2, 2)
    book["Outer"].cell(3, 4).value, book["Outer"].cell(3, 5).value = "first", "x"

    found = taken(response, book, lead)

    assert (found.added, found.changes) == (1, 3)
    assert stands(response)["/data/t/sum@"] == "!"
    assert "first" in stands(response).values()
