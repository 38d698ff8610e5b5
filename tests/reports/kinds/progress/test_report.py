"""Section 12: the progress report of 30 June 2021, built from the preset."""

import re
from dataclasses import replace
from datetime import date, timedelta
from difflib import SequenceMatcher

import pytest
from django.db import transaction
from django.utils import translation
from tests.factories.document_text import html_text, pdf_text, squeezed, word_members, word_text
from tests.factories.reports import NOON, D, carec, narratives

from serai.base import blocks as b
from serai.base.blocks import inline_text
from serai.base.blocks.reading import footnotes
from serai.base.text import TranslatedText
from serai.programme import actions as programme
from serai.programme import queries
from serai.reports.access import audience_viewer
from serai.reports.actions.documents import render, sha256
from serai.reports.actions.unissued import next_meeting
from serai.reports.kinds import KINDS
from serai.reports.kinds.kind import Ask
from serai.reports.states import FileFormat
from serai.setup.loading import INSTALLER

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def preset(django_db_setup, django_db_blocker):
    """The whole preset, loaded once; gone after the module, and what a test changes at its end."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        carec()
        yield
        transaction.set_rollback(True)


def ask(language: str = "en", as_of: date = D, audience: str = "members", **fields) -> Ask:
    viewer = audience_viewer(audience, language)
    wanted = Ask(
        viewer=viewer,
        as_of=as_of,
        dated=as_of,
        language=language,
        audience=audience,
        narratives=narratives(),
        meeting_id=next_meeting(viewer, as_of),
    )
    return replace(wanted, **fields)


def built(language: str = "en", **fields):
    return KINDS["progress"].build(ask(language, **fields))


def texts(document: b.Document) -> list[str]:
    """Every paragraph's words in order."""
    return [
        inline_text(block.children)
        for block in b.blocks_of(document.blocks)
        if isinstance(block, b.Paragraph)
    ]


def chapter(document: b.Document, key: str) -> tuple[b.Block, ...]:
    """The blocks from one first-level heading to the next."""
    found, is_in = [], False
    for block in document.blocks:
        if isinstance(block, b.Heading) and block.level == 1:
            is_in = block.key == key
        if is_in:
            found.append(block)
    return tuple(found)


def tables(document: b.Document) -> dict[str, list[list[str]]]:
    return {
        table.key: [[inline_text(cell.children) for cell in row.cells] for row in table.rows]
        for table in document.blocks
        if isinstance(table, b.Table)
    }


def test_the_table_of_statuses():
    assert tables(built().document)["milestones-by-status"] == [
        ["Virtual CAREC", "3", "2", "1", "1", "2", "1"],
        ["CAREC Digital Strategy 2030", "4", "2", "3", "0", "2", "5"],
        ["All", "7", "4", "4", "1", "4", "6"],
    ]


def test_cover_and_numbered_parts():
    document = built().document

    assert (document.title, document.subtitle, document.audience, document.sample) == (
        "CAREC digital initiatives: progress report",
        "Virtual Senior Officials' Meeting\nAs of 30 June 2021",
        "For members",
        False,
    )
    parts = ["Objective", "Approach", "Current status", "Requests to members"]
    names = ("Virtual CAREC", "CAREC Digital Strategy 2030",
             "CAREC Start-up Ecosystem Development Hub")  # fmt: skip
    numbered = [
        line
        for n, name in enumerate(names, 1)
        for line in (f"{n} {name}", *(f"{n}.{m} {part}" for m, part in enumerate(parts, 1)))
    ]
    assert [b.heading_text(h) for h in b.headings(document, 2)] == [
        "Where the initiatives stand",
        *numbered,
        "Annex 1 Virtual CAREC",
        "Timeline and milestones",
        "Draft outline: CAREC Virtual Assessment Report",
        "Annex 2 CAREC Digital Strategy 2030",
        "Timeline and milestones",
        "Draft outline: CAREC Digital Strategy 2030",
        "About this report",
    ]
    assert isinstance(document.blocks[0], b.Contents)


def test_two_footnotes():
    found = footnotes(built().document)

    assert len(found) == 2
    assert found[0].startswith("These initiatives are supported by ADB TA 54341-001: ")
    assert found[1] == "SWOT: strengths, weaknesses, opportunities and threats."


def test_the_hub_has_no_dates_and_names_its_studies():
    said = [inline_text(p.children) for p in chapter(built().document, "startup-hub")
            if isinstance(p, b.Paragraph)]  # fmt: skip

    assert said[-1] == (
        "No dates are set. National studies are being made for: Georgia, Uzbekistan."
    )


def test_what_the_source_does_not_say_is_computed():
    assert (
        "ICT recommended practices: first draft report (22nd June 2021): 8 days past the latest "
        "date; no completion recorded."
    ) in texts(built().document)


def test_requests_name_no_country():
    document = built().document
    found = [
        [inline_text(p.children) for p in block.blocks]
        for block in document.blocks
        if isinstance(block, b.Callout)
    ]

    assert [len(one) for one in found] == [2, 2]
    assert "questionnaire" in found[0][0]
    assert "consultations" in found[0][0]
    assert "agencies of their start-up ecosystems" in found[1][0]
    assert {one[1] for one in found} == {"Addressed to all 11 members. None has answered yet."}


def answer(iso3: str) -> None:
    row = next(r for r in queries.requests(INSTALLER, D) if "questionnaire" in str(r.text))
    programme.answer_request(
        addressee=next(
            a for a in queries.request(INSTALLER, row.public_id).addressees.all()
            if a.country.iso3 == iso3
        ),
        state="answered", note="", by=INSTALLER, now=NOON,
    )  # fmt: skip


def test_some_have_answered_and_the_others_stay_unnamed_until_released():
    answer("GEO")
    row = next(r for r in queries.requests(INSTALLER, D) if "questionnaire" in str(r.text))

    before = texts(built().document)
    programme.release_names(
        request=queries.request(INSTALLER, row.public_id), by=INSTALLER, now=NOON
    )
    after = texts(built().document)

    assert (
        "Addressed to all 11 members. 10 have not answered yet; their names are not released."
    ) in before
    said = next(line for line in after if "No answer yet from" in line)
    assert said.startswith("Addressed to all 11 members. No answer yet from: ")
    assert said.count(", ") == 9
    assert "Georgia" not in said


def test_annexes_carry_all_milestones_in_the_sources_words():
    found = tables(built().document)

    virtual, strategy = found["milestones-virtual-carec"], found["milestones-digital-strategy-2030"]
    assert [row[0] for row in virtual] == [str(n) for n in range(1, 11)]
    assert [row[0] for row in strategy] == [str(n) for n in range(1, 17)]
    assert strategy[7][2] == "end of June 2021"
    assert strategy[9][2:] == ["early July 2021", "Due in 10 days"]
    assert virtual[0][3] == "Overdue by 107 days"
    assert virtual[9][2:] == ["Ongoing Support throughout 2021 & 2022", "Running"]


def listed(block: b.List) -> int:
    """How many headings a list of headings holds."""
    return sum(
        1 + sum(listed(inner) for inner in item.blocks if isinstance(inner, b.List))
        for item in block.items
    )


def test_both_outlines_are_complete():
    document = built().document

    assert [
        sum(listed(block) for block in chapter(document, f"annex-{code}")
            if isinstance(block, b.List))
        for code in ("virtual-carec", "digital-strategy-2030")
    ] == [15, 54]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru"])
def test_html_word_and_pdf_say_one_sequence(language):
    document = built(language).document

    said = squeezed(b.plain_text(document, b.wording_of(document)))

    assert html_text(render(document, FileFormat.HTML)) == said
    assert word_text(render(document, FileFormat.DOCX)) == said
    assert not_inserted(said, pdf_text(render(document, FileFormat.PDF), document)) == []


def not_inserted(said: str, found: str) -> list[str]:
    """What is not in sequence; marks of lists, notes at the foot, words in pictures may come in."""
    steps = SequenceMatcher(None, said, found, autojunk=False).get_opcodes()
    return [said[s[1] : s[2]] for s in steps if s[0] not in {"equal", "insert"}]


def test_built_twice_the_files_are_equal():
    first, second = built().document, built().document

    for format_ in (FileFormat.HTML, FileFormat.PDF):
        assert sha256(render(first, format_)) == sha256(render(second, format_))
    assert word_members(render(first, FileFormat.DOCX)) == word_members(
        render(second, FileFormat.DOCX)
    )


def test_as_of_15_august_2021():
    facts = built(as_of=date(2021, 8, 15)).facts["milestones"]

    assert {key: (row["status"], row["days"]) for key, row in facts.items()
            if row["status"] not in {"done", "planned"}} == {
        "virtual-carec/1": ("overdue", 153),
        "virtual-carec/5": ("overdue", 54),
        "virtual-carec/6": ("overdue", 46),
        "virtual-carec/7": ("overdue", 31),
        "virtual-carec/8": ("overdue", 16),
        "virtual-carec/9": ("running", None),
        "virtual-carec/10": ("running", None),
        "digital-strategy-2030/4": ("overdue", 82),
        "digital-strategy-2030/5": ("overdue", 46),
        "digital-strategy-2030/6": ("overdue", 61),
        "digital-strategy-2030/8": ("overdue", 46),
        "digital-strategy-2030/9": ("overdue", 46),
        "digital-strategy-2030/10": ("overdue", 36),
        "digital-strategy-2030/11": ("overdue", 31),
        "digital-strategy-2030/12": ("due_soon", 15),
    }  # fmt: skip


def test_before_the_first_fact_a_sentence_stands():
    found = built(as_of=date(2020, 1, 1), narratives={})

    assert texts(found.document)[0] == (
        "Nothing that these readers may see was recorded by 1 January 2020. "
        "Choose a later day, or let them read an initiative."
    )
    assert found.facts["milestones"] == {}


def test_a_fact_known_later_changes_nothing():
    before = built()
    initiative = queries.initiative(INSTALLER, "virtual-carec")
    programme.add_milestone(
        initiative=initiative, name=TranslatedText.of("Later"), kind="event", audience="members",
        by=INSTALLER, now=NOON + timedelta(days=1),
    )  # fmt: skip

    assert built() == before
    assert built(as_of=date(2021, 7, 1)) != built(as_of=D)


def plant_secret(audience: str = "secretariat", *, sample: bool = False) -> None:
    """A milestone, a request and a note that only some may see."""
    told = programme.Told(D, "Secret", sample=sample)
    initiative = queries.initiative(INSTALLER, "virtual-carec")
    programme.add_milestone(
        initiative=initiative, name=TranslatedText.of("Planted milestone"), kind="event",
        audience=audience, by=INSTALLER, now=NOON, told=told,
    )  # fmt: skip
    programme.open_request(
        initiative=initiative, text=TranslatedText.of("Planted request"), countries=["GEO"],
        audience=audience, by=INSTALLER, now=NOON, told=told,
    )  # fmt: skip


def hidden_initiative() -> None:
    """An initiative that only the secretariat sees, with its note."""
    told = programme.Told(D, "Secret")
    hidden = programme.open_initiative(
        programme=queries.the_programme(),
        facts=programme.InitiativeFacts(
            code="hidden", name=TranslatedText.of("Planted initiative"),
            purpose=TranslatedText.of("Planted purpose"), order=8, audience="secretariat",
            state="active",
        ),
        by=INSTALLER, now=NOON, told=told,
    )  # fmt: skip
    note = programme.draft_note(
        initiative=hidden, part="objective", text=TranslatedText.of("Planted note"),
        by=INSTALLER, now=NOON, told=told,
    )  # fmt: skip
    programme.clear_note(note=note, by=INSTALLER, now=NOON, told=told)


def everything(found) -> str:
    return repr(found)


def test_what_only_the_secretariat_sees_is_not_in_a_members_report():
    plant_secret()
    hidden_initiative()

    members = KINDS["progress"].build(ask())
    offered = KINDS["progress"].offers(audience_viewer("members"), D, "en")
    secretariat = everything(KINDS["progress"].build(ask(audience="secretariat")))

    assert re.findall("Planted [a-z]+", everything(members) + everything(offered)) == []
    assert set(re.findall("Planted [a-z]+", secretariat)) == {
        "Planted milestone", "Planted request", "Planted initiative", "Planted purpose",
    }  # fmt: skip


def milestones_in(made) -> int:
    """The first key figure: all milestones, those of the sample left out."""
    shown = next(block for block in made.document.blocks if isinstance(block, b.KeyFigures))
    return int(shown.items[0].value.value)


def test_sample_is_marked_for_members_and_absent_for_the_public():
    for code in ("virtual-carec", "digital-strategy-2030", "startup-hub"):
        initiative = queries.initiative(INSTALLER, code)
        initiative.audience = "public"
        initiative.save()
    plant_secret("public", sample=True)

    members, public = built(), built(audience="public")

    assert "Planted milestone" in everything(members)
    assert members.document.sample is True
    assert milestones_in(members) == milestones_in(public) == 26
    assert "Planted" not in everything(public)
    assert public.document.sample is False


def test_a_sample_note_is_offered_to_members_only():
    initiative = queries.initiative(INSTALLER, "virtual-carec")
    initiative.audience = "public"
    initiative.save()
    told = programme.Told(D, "Sample", sample=True)
    note = programme.draft_note(
        initiative=initiative, part="objective", text=TranslatedText.of("Planted"), by=INSTALLER,
        now=NOON, told=told,
    )  # fmt: skip
    programme.clear_note(note=note, by=INSTALLER, now=NOON, told=told)
    kind = KINDS["progress"]

    members = kind.offers(audience_viewer("members"), D, "en")
    public = kind.offers(audience_viewer("public"), D, "en")

    assert [(str(o.text), o.is_sample) for o in members if str(o.text)] == [("Planted", True)]
    assert [o for o in public if str(o.text)] == []


def test_an_unwritten_part_says_so_and_a_foreign_one_keeps_its_language():
    texts_ = {"virtual-carec/objective": TranslatedText.of("Only English.\n\n- one")}

    found = built("ru", narratives=texts_)

    written = [
        block.children[0] for block in chapter(found.document, "virtual-carec")
        if isinstance(block, b.Paragraph) and isinstance(block.children[0], b.Foreign)
    ]  # fmt: skip
    assert written == [b.Foreign((b.Text("Only English."),), "en")]
    assert len(found.warnings) == 8


def test_what_markdown_drops_is_told():
    found = built(narratives={"virtual-carec/objective": TranslatedText.of("<b>Bold</b>")})

    assert found.warnings[0] == "Left out of virtual-carec/objective: HTML: b."


def test_a_warning_is_said_once_for_each_missing_part():
    assert len(built(narratives={}).warnings) == 9


def test_next_steps_stand_only_where_they_are_written():
    both = narratives() | {"virtual-carec/next_steps": TranslatedText.of("Then more.")}

    found = [b.heading_text(h) for h in b.headings(built(narratives=both).document, 2)]

    assert found[5:7] == ["1.4 Next steps", "1.5 Requests to members"]
    assert "2.4 Requests to members" in found


def test_the_report_is_read_in_a_fixed_number_of_queries(django_assert_num_queries):
    wanted = ask()

    with django_assert_num_queries(13):
        KINDS["progress"].build(wanted)


def test_a_sample_answer_or_close_marks_the_members_report_and_is_not_in_the_public_s():
    trial = replace(INSTALLER, is_sample=True)
    initiative = queries.initiative(INSTALLER, "virtual-carec")
    initiative.audience = "public"
    initiative.save()
    told = programme.Told(D, "Records")
    asked = programme.open_request(
        initiative=initiative, text=TranslatedText.of("Planted request"), countries=["GEO", "UZB"],
        audience="public", by=INSTALLER, now=NOON, told=told,
    )  # fmt: skip
    real = built()
    programme.answer_request(
        addressee=asked.addressees.get(country__iso3="GEO"), state="answered", by=trial, now=NOON,
        told=told,
    )  # fmt: skip
    answered, public = built(), built(audience="public")
    programme.close_request(request=asked, by=trial, now=NOON)
    closed, still = built(as_of=NOON.date()), built(as_of=NOON.date(), audience="public")

    def waiting(made):
        return made.facts["requests"].get(asked.public_id, {}).get("waiting")

    assert (waiting(real), real.document.sample) == (2, False)
    assert (waiting(answered), answered.document.sample) == (1, True)
    assert (waiting(public), public.document.sample) == (2, False)
    assert (waiting(closed), closed.document.sample) == (None, True)
    assert (waiting(still), still.document.sample) == (2, False)
