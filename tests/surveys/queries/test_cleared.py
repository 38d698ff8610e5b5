"""All cleared answers at once: entries, words, and who reads what of which response."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.calc.xforms import Contributor, Kind, Record, Standing
from serai.surveys.models import Answer, Entry, EntryAct, Response
from serai.surveys.queries import answers, cleared, questions
from serai.surveys.queries.cleared import said

pytestmark = pytest.mark.django_db

NAME, HAS = "/data/office/name", "/data/link/has"


def place(name, country="GEO", **fields):
    return people.organisation(name, country=country, **fields)


def test_questions_are_those_people_answer_with_their_page_and_kind():
    found = questions(make.wave(), "ru")

    assert [(one.name, one.section, one.label, one.kind) for one in found] == [
        ("data/office/name", "office", "Название отдела", Kind.TEXT),
        ("data/office/staff", "office", "Кто проводит мероприятия", Kind.NUMBER),
        ("data/link/has", "link", "Есть ли выделенная линия?", Kind.ONE),
        ("data/link/mbps", "link", "Её скорость, Мбит/с", Kind.NUMBER),
        ("data/room/seats", "room", "Места", Kind.NUMBER),
    ]
    assert said(found[2], "yes") == "Yes"
    assert found[2].values == ("yes", "no")


def test_whose_answers_they_are_and_which():
    wave = make.wave()
    found = make.cleared(wave, {HAS: "yes"}, organisation=place("Roads"), unit_label="Bridges")
    organisation = str(found.invitation.organisation_id)
    asked = [one for one in questions(wave, "en") if one.path == HAS]

    whole = cleared(people.viewer_with("officer"), wave, asked, make.NOON)

    mark = str(found.cleared_through)
    assert whole.bodies == (Contributor(found.public_id, organisation, "GEO", mark),)
    row = whole.told[HAS][0]
    assert (row.place, row.sort, row.words, row.at) == (
        "Roads, Bridges", "government", "Yes", make.NOON,
    )  # fmt: skip
    assert row.record("x") == Record("yes", Standing.ANSWERED, "x", organisation, "GEO")


def test_some_countries_alone():
    wave = make.wave()
    make.cleared(wave, {HAS: "yes"}, organisation=place("Roads"))
    make.cleared(wave, {HAS: "no"}, organisation=place("Ports", "UZB"))
    asked = [one for one in questions(wave, "en") if one.path == HAS]
    officer = people.viewer_with("officer")

    whole = cleared(officer, wave, asked, make.NOON, countries=["UZB"])

    assert [row.place for row in whole.told[HAS]] == ["Ports"]


def test_entries_of_a_repeat_are_counted_each():
    wave = make.wave()
    found = make.cleared(wave, {NAME: "A"}, organisation=place("Roads"))
    key = "seats1"
    entry = Entry.objects.create(response=found, repeat_path="/data/room", key=key)
    EntryAct.objects.create(entry=entry, verb="add", source="web", at=make.NOON)
    newest = Answer.objects.create(
        response=found, path="/data/room/seats", entry=key, value="12", form_version=wave.version,
        source="web", client_id="seats",
    )  # fmt: skip
    Response.objects.filter(pk=found.pk).update(cleared_through=newest.pk)
    officer = people.viewer_with("officer")

    row = answers(officer, wave, make.NOON, "en", paths=["/data/room/seats"])

    assert [(one.entry, one.value, one.name) for one in row.told["/data/room/seats"]] == [
        (1, "12", f"data/room/seats@{key}")
    ]
