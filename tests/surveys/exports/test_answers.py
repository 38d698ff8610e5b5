"""Exports: after three versions every answer in its column; nobody else's, no draft, no sample."""

import csv
import io
import itertools
import json
import zipfile

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change
from serai.surveys.exports.answers import KINDS, codebook_rows, long_rows, wide_sheets
from serai.surveys.models import AnswerHead, Response
from serai.surveys.queries import export
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db
_ids = itertools.count(1)
STAFF_BIND = (
    '<bind nodeset="/data/office/staff" type="int" constraint=". &gt;= 0 and . &lt;= 500"\n'
    '  jr:constraintMsg="jr:itext(\'/data/office/staff:jr:constraintMsg\')" serai:weight="2"/>'
)
STAFF_BOX = (
    '<input ref="/data/office/staff"><label ref="jr:itext(\'/data/office/staff:label\')"/></input>'
)
# Version 2 moves the speed and asks several things; version 3 no longer asks for staff.
SECOND = (
    make.XFORM.replace("<mbps/>", "<speed/><uses/>")
    .replace('<bind nodeset="/data/link/mbps"',
             '<bind nodeset="/data/link/uses" type="string"/>\n<bind nodeset="/data/link/speed" serai:was="/data/link/mbps"')
    .replace('ref="/data/link/mbps"', 'ref="/data/link/speed"')
    .replace(" /data/link/mbps &gt;", " /data/link/speed &gt;")
    .replace("</select1>", "</select1><select ref=\"/data/link/uses\"><label>Used for</label>"
             "<item><label>Mail</label><value>mail</value></item>"
             "<item><label>Rooms</label><value>rooms</value></item></select>")
)  # fmt: skip
THIRD = SECOND.replace("<name/><staff/>", "<name/>").replace(STAFF_BIND, "").replace(STAFF_BOX, "")


def give(response, by, answers, reason=""):
    changes = []
    for ref, text in answers.items():
        head = AnswerHead.objects.filter(response=response, path=ref.path, entry=ref.entry).first()
        base = head.answer_id if head else 0
        changes.append(Change(f"c{next(_ids)}", ref, base, text, reason if not text else ""))
    written = actions.write_answers(response=response, changes=changes, by=by, now=make.NOON)
    assert {one.kept for one in written.outcomes} == {"saved"}


def begun(wave):
    asked = make.invitation(wave)
    lead = viewer_of(asked.lead, make.NOON)
    return actions.start_response(invitation=asked, by=lead, now=make.NOON), lead


def cleared(response):
    """Cleared as it stands, in one step."""
    newest = response.answers.order_by("-pk").first()
    Response.objects.filter(pk=response.pk).update(
        cleared_through=newest.pk, signed_through=newest.pk, state="cleared"
    )
    return fresh_response(response.pk)


def published(survey, wave, xform):
    survey.versions.update(state="superseded")
    newer = make.version(survey, xform)
    wave.version = newer
    wave.save(update_fields=["version"])
    return newer


@pytest.fixture
def wave():
    return make.wave()


@pytest.fixture
def officer():
    return people.viewer_with("officer")


@pytest.fixture
def three(wave):
    """Three responses: cleared in version 1, carried from 1 to 3, begun in 3."""
    first, lead = begun(wave)
    give(first, lead, {Ref("/data/office/name"): "First", Ref("/data/office/staff"): "5",
                       Ref("/data/link/has"): "yes", Ref("/data/link/mbps"): "20"})  # fmt: skip
    first = cleared(first)
    second, lead = begun(wave)
    give(second, lead, {Ref("/data/office/name"): "Second", Ref("/data/office/staff"): "6",
                        Ref("/data/link/has"): "yes", Ref("/data/link/mbps"): "30"})  # fmt: skip
    actions.add_entry(response=second, repeat_path="/data/room", key="r1", by=lead, now=make.NOON)
    give(second, lead, {Ref("/data/room/seats", "r1"): "12"})
    for xform in (SECOND, THIRD):
        published(wave.survey, wave, xform)
        actions.follow_wave(response_id=second.pk, now=make.NOON)
    second = cleared(fresh_response(second.pk))
    third, lead = begun(wave)
    give(third, lead, {Ref("/data/link/uses"): "rooms"})
    give(third, lead, {Ref("/data/office/name"): ""}, reason="not_known")
    return first, second, cleared(third)


def table(rows):
    head, *below = rows
    return [dict(zip(head, row, strict=True)) for row in below]


def test_after_three_versions_every_answer_is_in_its_column(three, wave, officer):
    found = export(officer, wave, make.NOON, "en")
    sheets = dict(wide_sheets(found, with_labels=False))

    rows = {row["response"]: row for row in table(sheets["answers"])}
    assert list(rows) == [one.public_id for one in three]
    asked = ["form_version", "office/name", "office/name:reason", "office/staff", "link/has",
             "link/mbps", "link/speed", "link/uses", "link/uses/mail", "link/uses/rooms"]  # fmt: skip
    first, second, third = ([rows[one.public_id][name] for name in asked] for one in three)
    assert first == ["1", "First", "", "5", "yes", "20", "", "", None, None]
    assert second == ["3", "Second", "", "6", "yes", "", "30", "", None, None]
    assert third == ["3", "", "not_known", "", "", "", "", "rooms", 0, 1]
    (room,) = table(sheets["data.room"])
    assert (room["response"], room["entry"], room["number"], room["room/seats"]) == (
        three[1].public_id, "r1", 1, "12",
    )  # fmt: skip


def test_the_codebook_explains_every_column(three, wave, officer):
    found = export(officer, wave, make.NOON, "en")
    book = {row["column"]: row for row in table(codebook_rows(found))}
    sheets = wide_sheets(found, with_labels=False)

    for _name, rows in sheets[:-1]:
        own = [name for name in rows[0] if "/" in name or name == "seats_total"]
        assert own
        for name in own:
            plain = name.removesuffix(":reason")
            item = book.get(plain) or book[plain.rpartition("/")[0]]
            assert item["path"]
    assert (book["office/staff"]["versions"], book["office/staff"]["n"]) == ("1, 2", 2)
    assert (book["link/mbps"]["versions"], book["link/speed"]["versions"]) == ("1", "2, 3")
    assert book["link/uses"]["choices"] == "mail = Mail; rooms = Rooms"
    assert book["office/staff"]["rules"] == "constraint: . >= 0 and . <= 500"
    assert (book["office/staff"]["weight"], book["office/staff"]["label"]) == (
        2.0, "People who run events",
    )  # fmt: skip


def test_long_says_of_each_answer_its_version_and_what_was_set_aside(three, wave, officer):
    rows = table(long_rows(export(officer, wave, make.NOON, "en"), with_labels=True))

    mine = {row["column"]: row for row in rows if row["response"] == three[1].public_id}
    staff = mine["office/staff"]
    assert (staff["value"], staff["given_in_version"], staff["set_aside"]) == ("6", "1", "yes")
    assert (mine["link/has"]["value"], mine["link/has"]["set_aside"]) == ("Yes", "")


def test_no_draft_leaves(three, wave, officer):
    second = three[1]
    lead = viewer_of(second.invitation.lead, make.NOON)
    Response.objects.filter(pk=second.pk).update(state="filling")
    give(fresh_response(second.pk), lead, {Ref("/data/office/name"): "Draft"})
    draft, _lead = begun(wave)

    found = export(officer, wave, make.NOON, "en")

    assert [one.public_id for one in found.responses] == [one.public_id for one in three]
    assert found.responses[1].answers[Ref("/data/office/name")].value == "Second"
    assert "Draft" not in found.responses[1].instance
    assert draft.public_id not in KINDS["json"].write(found, False).decode()


def test_a_narrow_question_is_not_in_any_file(three, wave, officer):
    xform = THIRD.replace('<bind nodeset="/data/office/name"',
                          '<bind nodeset="/data/office/name" serai:audience="security"')  # fmt: skip
    newer = published(wave.survey, wave, xform)
    Response.objects.filter(pk=three[1].pk).update(version=newer)

    found = export(officer, wave, make.NOON, "en")

    assert Ref("/data/office/name") not in found.responses[1].answers
    for kind in KINDS.values():
        content = kind.write(found, False)
        if kind.ending == "zip":
            archive = zipfile.ZipFile(io.BytesIO(content))
            content = b"".join(archive.read(name) for name in archive.namelist())
        assert b"Second" not in content


@pytest.mark.parametrize(
    ("role", "count"),
    [("officer", 3), ("coordinator", 3), ("expert", 0), ("lead", 0), ("contributor", 0)],
)
def test_who_takes_what_away(three, wave, role, count):
    found = export(people.viewer_with(role), wave, make.NOON, "en")

    assert len(found.responses) == count


def test_sample_and_real_answers_never_mix(three, wave, officer):
    Response.objects.filter(pk=three[0].pk).update(sample=True)

    found = export(officer, wave, make.NOON, "en")

    assert three[0].public_id not in [one.public_id for one in found.responses]


def test_each_kind_of_file_holds_the_responses_and_is_the_same_twice(three, wave, officer):
    found = export(officer, wave, make.NOON, "en")

    for kind in KINDS.values():
        assert kind.write(found, True) == kind.write(found, True)
    rows = list(csv.reader(io.StringIO(KINDS["long"].write(found, True).decode("utf-8-sig"))))
    assert rows == [
        [str(cell if cell is not None else "") for cell in row] for row in long_rows(found, True)
    ]
    whole = json.loads(KINDS["json"].write(found, False))
    assert [one["response"] for one in whole["responses"]] == [one.public_id for one in three]
    archive = zipfile.ZipFile(io.BytesIO(KINDS["instances"].write(found, False)))
    assert archive.namelist() == [f"{one.public_id}.xml" for one in three]
    assert b"<name>Second</name>" in archive.read(f"{three[1].public_id}.xml")
