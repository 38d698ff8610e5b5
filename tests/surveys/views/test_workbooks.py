"""The workbook's pages: down, up, looked at, taken, the rest back, undone; and who may."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.tables import XLSX_TYPE
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.models import Answer, AnswerHead, Response

pytestmark = pytest.mark.django_db
ANSWER = 3


@pytest.fixture
def asked():
    return make.invitation()


@pytest.fixture
def response(asked):
    lead = viewer_of(asked.lead, make.NOON)
    return actions.start_response(invitation=asked, by=lead, now=make.NOON)


@pytest.fixture
def lead(client, asked):
    client.force_login(asked.lead)
    return client


def address(name, response):
    return reverse(f"surveys:{name}", args=[response.public_id])


def down(client, response):
    found = client.get(address("workbook_xlsx", response))
    assert (found.status_code, found["Content-Type"]) == (200, XLSX_TYPE)
    return load_workbook(io.BytesIO(b"".join(found.streaming_content)))


def up(client, response, book):
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "back.xlsx"
    return client.post(address("workbook", response), {"workbook": file})


def carried(page, *names):
    html = page.content.decode()
    found = {}
    for name in names:
        start = html.index(f'name="{name}" value="') + len(f'name="{name}" value="')
        found[name] = html[start : html.index('"', start)]
    return found


def value(response, path):
    head = AnswerHead.objects.filter(response=response, path=path).first()
    return head.answer.value if head else None


def test_a_workbook_goes_out_comes_back_is_looked_at_taken_and_undone(lead, response):
    book = down(lead, response)
    book["The office"].cell(3, ANSWER).value = "Ministry <of> Transport"
    book["The line"].cell(3, ANSWER).value = "Perhaps"

    preview = up(lead, response, book)
    html = preview.content.decode()
    assert preview.status_code == 200
    assert "Ministry &lt;of&gt; Transport" in html
    assert "“Perhaps” is none of the choices" in html
    assert value(response, "/data/office/name") is None

    done = lead.post(address("take_workbook", response), carried(preview, "packed", "seen"))
    assert done.status_code == 200
    assert "<bdi>1</bdi> change is saved." in done.content.decode()
    assert value(response, "/data/office/name") == "Ministry <of> Transport"

    rest = lead.post(address("workbook_rest", response), carried(done, "packed"))
    again = load_workbook(io.BytesIO(b"".join(rest.streaming_content)))
    assert [cell.value for cell in again["Not taken"][2]][:4] == [
        "The line", "C3", "Is there a leased line?", "Perhaps",
    ]  # fmt: skip
    line = again["The line"]
    assert (line.cell(3, ANSWER).value, line.cell(3, 6).value) == (
        "Perhaps", "“Perhaps” is none of the choices. Choose from the list.",
    )  # fmt: skip

    back = lead.post(address("undo_workbook", response), carried(done, "undo"))
    assert back["Location"] == address("response", response)
    assert value(response, "/data/office/name") == ""


def test_nothing_that_was_changed_on_the_way_is_taken(lead, response):
    book = down(lead, response)
    book["The office"].cell(3, ANSWER).value = "Ministry"
    fields = carried(up(lead, response, book), "packed", "seen")

    broken = lead.post(
        address("take_workbook", response), {**fields, "packed": "x" + fields["packed"]}
    )
    other = lead.post(address("take_workbook", response), {**fields, "seen": "0"})

    assert (broken.status_code, other.status_code) == (303, 422)
    assert "since the preview" in other.content.decode()
    assert value(response, "/data/office/name") is None


def test_a_file_that_is_none_is_said_at_the_field(lead, response):
    file = io.BytesIO(b"PK not a book")
    file.name = "back.xlsx"

    page = lead.post(address("workbook", response), {"workbook": file})

    assert page.status_code == 422
    assert "back.xlsx" in page.content.decode()


def test_the_workbook_knows_its_language_and_hides_its_keys(lead, response):
    found = lead.get(address("workbook_xlsx", response).replace("/en/", "/ru/"))
    book = load_workbook(io.BytesIO(b"".join(found.streaming_content)))

    sheet = book["Отдел"]
    assert sheet.cell(3, 2).value == "Название отдела"
    assert sheet.column_dimensions["G"].hidden
    assert sheet.row_dimensions[1].hidden
    assert book["Lists"].sheet_state == "hidden"
    rules = book["Линия"].data_validations.dataValidation
    assert sorted(str(rule.sqref) for rule in rules) == ["C3", "D3 D4"]


@pytest.mark.parametrize(
    ("role", "may_have", "may_bring"),
    [("officer", 200, 200), ("coordinator", 200, 200), ("expert", 404, 404), ("contributor", 404, 404)],
)  # fmt: skip
def test_who_else_has_and_brings_a_draft(client, response, role, may_have, may_bring):
    client.force_login(people.person_with(role))

    assert client.get(address("workbook_xlsx", response)).status_code == may_have
    assert client.get(address("workbook", response)).status_code == may_bring


def test_the_secretariat_sees_no_draft_in_a_workbook(client, response, asked):
    lead = viewer_of(asked.lead, make.NOON)
    change = actions.Change("c1", Ref("/data/office/name"), 0, "Ours")
    actions.write_answers(response=response, changes=[change], by=lead, now=make.NOON)
    client.force_login(people.person_with("officer"))

    assert client.get(address("workbook_xlsx", response)).status_code == 404
    assert client.get(address("workbook", response)).status_code == 404


def test_an_officer_enters_what_came_back_for_a_body_that_has_not_begun(client, asked):
    client.force_login(people.person_with("officer"))

    led = client.post(reverse("surveys:enter_answers", args=[asked.public_id]))

    response = Response.objects.get()
    assert led["Location"] == address("workbook", response)
    book = down(client, response)
    book["The office"].cell(3, ANSWER).value = "Ministry"
    fields = carried(up(client, response, book), "packed", "seen")
    client.post(address("take_workbook", response), fields)
    assert Answer.objects.get(value="Ministry").on_behalf_of == asked.organisation


def test_one_query_count_for_one_and_three_entries(
    lead, response, asked, django_assert_num_queries
):
    by = viewer_of(asked.lead, make.NOON)
    actions.add_entry(response=response, repeat_path="/data/room", by=by, now=make.NOON)
    down(lead, response)
    with django_assert_num_queries(QUERIES):
        down(lead, response)
    for _number in range(2):
        actions.add_entry(response=response, repeat_path="/data/room", by=by, now=make.NOON)
    with django_assert_num_queries(QUERIES):
        down(lead, response)


QUERIES = 9
