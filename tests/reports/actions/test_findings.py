from datetime import date

import pytest
from tests.factories.programme import initiative
from tests.factories.reports import BLOCK, NOON, run

from serai.base.text import TranslatedText
from serai.reports.actions.findings import Finding, findings
from serai.reports.models import Narrative

pytestmark = pytest.mark.django_db
PARTS = ("objective", "approach", "current_status")


@pytest.fixture
def made(db):
    initiative("virtual-carec", name=TranslatedText.of("Virtual CAREC"))
    one = run(languages=["en", "ru"])
    for part in PARTS:
        text = TranslatedText.of("Text.").with_text("ru", "Текст.")
        Narrative.objects.create(
            run=one, block=f"virtual-carec/{part}", text=text, written_on=NOON.date()
        )
    return one


def test_a_complete_run_has_nothing_to_look_at(made):
    assert findings(made, today=NOON.date()) == []


def test_a_missing_text(made):
    made.narratives.filter(block=BLOCK).delete()

    assert findings(made, today=NOON.date()) == [
        Finding("Virtual CAREC: Objective has no text yet.", BLOCK)
    ]


@pytest.mark.parametrize(("written_on", "count"), [(date(2021, 5, 31), 0), (date(2021, 5, 30), 1)])
def test_a_text_is_stale_after_30_days(made, written_on, count):
    made.narratives.filter(block=BLOCK).update(written_on=written_on)

    assert [f.sentence for f in findings(made, today=NOON.date())] == [
        "Virtual CAREC: Objective was written 31 days before the report's day. Is it still true?"
    ] * count


def test_a_missing_language(made):
    made.narratives.filter(block=BLOCK).update(text=TranslatedText.of("Text."))

    assert findings(made, today=NOON.date()) == [
        Finding(
            "Virtual CAREC: Objective is not written in Русский; the report will say so.", BLOCK
        )
    ]


def test_a_language_left_behind(made):
    text = TranslatedText((("en", "New text.", "source"), ("ru", "Текст.", "behind")))
    made.narratives.filter(block=BLOCK).update(text=text)

    assert findings(made, today=NOON.date()) == [
        Finding(
            "Virtual CAREC: Objective was changed in another language and left as it was in "
            "Русский. Bring it up to date, or save it as it stands if it still says the same.",
            BLOCK,
        )
    ]


def test_a_sign_no_font_has_stops_the_issue(made):
    made.narratives.filter(block=BLOCK).update(
        text=TranslatedText.of("A \U00012000").with_text("ru", "Б")
    )

    (found,) = findings(made, today=NOON.date())

    assert found.is_blocking is True
    assert found.sentence.startswith("No font has the sign U+12000 in ")
