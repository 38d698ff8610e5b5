import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from tests.factories.documents import AT, DAY, persian, rich, table

from serai.base import blocks as b


def test_to_json_is_canonical():
    small = b.Document("T", "", "en", DAY, "", (b.Paragraph((b.Number(Decimal("1.50"), "%", 1),)),))

    assert b.to_json(small) == (
        '{"audience":"","blocks":[{"children":[{"decimals":1,"node":"Number","unit":"%",'
        '"value":"1.50"}],"node":"Paragraph"}],"date":"2021-06-30","draft":false,"language":"en",'
        '"node":"Document","publisher":"","reference":"","sample":false,"subtitle":"","title":"T"}'
    )


@pytest.mark.parametrize("document", [rich(), persian(), rich(sample=False)])
def test_from_json_gives_the_same_tree(document):
    assert b.from_json(b.to_json(document)) == document
    assert b.to_json(b.from_json(b.to_json(document))) == b.to_json(document)


def test_texts_are_composed_and_cleaned_on_entry():
    assert b.Text("й\x00\u202eabc\r\nd\ud800").text == "йabc\nd"


def test_persian_joiners_stay():
    assert b.Text("می\u200cخواهیم").text == "می\u200cخواهیم"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[", "This is not JSON: Expecting value: line 1 column 2 (char 1)."),
        ('{"node":"Text","text":"a"}', "The outermost node is not a Document."),
        ('{"node":"Script"}', "document: unknown kind of node 'Script'."),
        ('{"node":"Inline"}', "document: unknown kind of node 'Inline'."),
        ('{"node":"Text","html":"a"}', "document: Text has missing or unknown fields: html, text."),
        ('{"node":"Text","text":1}', "document.text: 1 is not understood."),
        (
            '{"node":"Number","value":"a","unit":"","decimals":0}',
            "document.value: 'a' is not understood.",
        ),
        (
            '{"node":"Strong","children":[{"node":"PageBreak"}]}',
            "document.children[0]: PageBreak where Inline belongs.",
        ),
        ('{"node":"Strong","children":"a"}', "document.children: expected a list."),
        ("[]", "document: expected a node, found list."),
    ],
)
def test_from_json_names_what_is_wrong(text, sentence):
    with pytest.raises(b.NotADocument) as refusal:
        b.from_json(text)

    assert str(refusal.value) == sentence


def test_a_field_that_came_later_has_its_default_in_what_was_kept_before():
    whole = persian()
    kept = json.loads(b.to_json(whole))
    del kept["draft"]

    assert b.from_json(json.dumps(kept)) == whole


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match='Table "Sums", row 1: 1 cells for 2 columns.'):
        b.Table(b.words("Sums"), (b.Column(()), b.Column(())), (b.Row((b.cell("1"),)),))


def test_a_heading_has_four_levels():
    with pytest.raises(ValueError, match="A heading has level 1 to 4, not 5."):
        b.Heading(5, b.words("Deep"))


def test_a_time_without_zone_is_refused():
    naive = datetime(2021, 6, 30)  # noqa: DTZ001 - the fault under test
    wrong = replace(persian(), blocks=(b.Paragraph((b.Inserted(b.words("a"), "A", naive),)),))

    with pytest.raises(ValueError, match="has no time zone"):
        b.to_json(wrong)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (b.Number(Decimal("12345.6"), "", 1), "12\u00a0345.6"),
        (b.Number(Decimal("-3"), "%"), "\u22123%"),
        (b.Number(Decimal("2.5"), "Mbit/s", 1), "2.5\u00a0Mbit/s"),
    ],
)
def test_numbers_read_one_way(number, text):
    assert number.text == text


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.org/x", "https://a.org/x"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("#goal", "#goal"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://a.org/ onclick=x", ""),
        ("//a.org", ""),
    ],
)
def test_links_lead_only_where_we_follow(address, kept):
    assert b.Link(b.words("x"), address).safe_address == kept


def test_plain_text_reads_in_order():
    small = b.Document(
        "Title",
        "Meeting",
        "en",
        DAY,
        "For members",
        (
            b.Contents(),
            b.Heading(1, b.words("Goal"), number="1"),
            b.Paragraph((b.Text("See"), b.Footnote(b.words("there")), b.Text(" this."))),
            table(),
        ),
    )

    assert b.plain_text(small, b.wording_of(small)).split("\n") == [
        *(
            "Title",
            "Meeting",
            "Date of this document: 30 June 2021",
            "For members",
            "1 Goal",
            "See this.",
        ),
        "Table 1. Milestones of the initiative",
        *("No.", "Milestone", "Date in words", "Status", "Days"),
        *("1", "Inception report on recommended practices", "15th March 2021", "● done", "0"),
        *("2", "Survey questionnaire sent to agencies", "end of June 2021", "! overdue", "8"),
        *("3", "Workshops and training material", "early July 2021", "○ planned", "15"),
        *("All", "23"),
        "Days past the latest date; absence of a record is not a failure.",
    ]
    assert b.footnotes(small) == ("there",)


def test_page_runs_take_headings_along():
    wide, words = table(is_wide=True), b.paragraph("a")
    heading = b.Heading(1, b.words("Annex"))

    assert list(b.page_runs((words, heading, wide, words))) == [
        (False, (words,)),
        (True, (heading, wide)),
        (False, (words,)),
    ]


def test_a_table_of_eight_columns_turns_the_page():
    columns = tuple(b.Column(()) for _ in range(8))

    assert b.Table((), columns, ()).turns_page
    assert not b.Table((), columns[:7], ()).turns_page


def test_blocks_inside_others_are_found():
    kinds = [type(block).__name__ for block in b.blocks_of(rich().blocks)]

    assert kinds.count("Provision") == 1
    assert kinds.count("List") == 2
    assert [b.heading_text(h) for h in b.headings(rich(), 1)] == [
        "1 Virtual CAREC",
        "Annex A Timeline",
        "Annex B Languages of the programme",
    ]


def test_comments_carry_their_time_in_utc():
    mark = b.CommentMark(b.words("x"), "why?", "N. Beridze", AT)
    document = replace(persian(), blocks=(b.Paragraph((mark,)),))

    assert '"at":"2021-06-30T09:00:00+00:00"' in b.to_json(document)
