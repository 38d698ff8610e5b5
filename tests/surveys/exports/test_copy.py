"""The copy of a response: what its reader reads, in words, in the page's language."""

import io

import docx
import pytest
from django.utils.translation import override
from tests.factories import surveys as make

from serai.base.blocks import plain_text, wording_of
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change
from serai.surveys.exports.copy import copy_of, in_words, written
from serai.surveys.queries import workbook
from serai.surveys.queries.responses import fresh_response
from serai.surveys.queries.workbook import Asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return make.invitation()


@pytest.fixture
def lead(asked):
    return viewer_of(asked.lead, make.NOON)


@pytest.fixture
def response(asked, lead):
    found = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    changes = [
        Change("c1", Ref("/data/office/name"), 0, "Agency of <Railways>"),
        Change("c2", Ref("/data/link/has"), 0, "no"),
        Change("c3", Ref("/data/office/staff"), 0, "", "not_known"),
    ]
    actions.write_answers(response=found, changes=changes, by=lead, now=make.NOON)
    actions.add_entry(response=found, repeat_path="/data/room", key="r1", by=lead, now=make.NOON)
    return fresh_response(found.pk)


def text_of(response, lead):
    book = workbook(lead, response, make.NOON, "en")
    document = copy_of(book, response, lead, "en")
    return document, plain_text(document, wording_of(document))


def test_it_says_answers_in_words_and_leaves_out_what_is_not_asked(response, lead):
    document, text = text_of(response, lead)

    assert document.draft
    assert "Agency of <Railways>" in text
    assert "No answer: not known" in text.replace("Not", "not")
    assert "Is there a leased line?" in text
    assert "Its speed" not in text
    assert "Meeting room 1" in text


def test_a_day_is_written_as_its_reader_writes_days():
    day = Asked(Ref("/data/since"), "date", "date", "Since when?", "2026-03-03")

    with override("ru"):
        russian = in_words(day)

    assert (in_words(day), russian) == ("3 March 2026", "3 марта 2026\N{NO-BREAK SPACE}г.")


def test_who_signed_stands_at_its_end(response, lead):
    actions.hand_in(response=response, by=lead, now=make.NOON)
    actions.sign(response=response, name="N. Beridze", position="Director", by=lead, now=make.NOON)

    document, text = text_of(fresh_response(response.pk), lead)

    assert not document.draft
    assert "N. Beridze, Director" in text


def test_it_is_written_as_pdf_and_word(response, lead):
    pdf = written(lead, response, "pdf", make.NOON, "en")
    word = written(lead, response, "docx", make.NOON, "en")

    code = response.wave.survey.code
    assert pdf.content.startswith(b"%PDF-")
    assert (pdf.name, word.name) == (
        f"{code}-{response.public_id}.pdf", f"{code}-{response.public_id}.docx",
    )  # fmt: skip
    document = docx.Document(io.BytesIO(word.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Agency of <Railways>" in cells
