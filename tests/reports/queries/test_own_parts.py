"""What reports keep about a person."""

import pytest
from tests.factories import members as people
from tests.factories.programme import initiative
from tests.factories.reports import NOON, run

from serai.base.text import TranslatedText
from serai.reports.models import CountryRemark, Narrative
from serai.reports.queries import own_parts
from serai.reports.states import RunState

pytestmark = pytest.mark.django_db


def parts(person) -> dict[str, list]:
    return {part.name: list(part.rows) for part in own_parts(person.pk)}


def test_remarks_texts_and_reports_of_ones_own_are_named_and_nobody_elses():
    initiative("virtual-carec")
    person, other = people.person_with("officer"), people.person()
    made = run(RunState.IN_REVIEW, by=people.viewer_of(person, NOON))
    Narrative.objects.all().delete()
    for one, text in ((person, "mine"), (other, "theirs")):
        CountryRemark.objects.create(
            run=made, country=people.member("GEO"), block="scope", text=text, by=one, at=NOON
        )
        Narrative.objects.create(
            run=made, block=text, text=TranslatedText.of(text), author=one, written_on=NOON.date()
        )

    found = parts(person)

    assert found["remarks"] == [
        {
            "report": made.number, "country": "GEO", "block": "scope", "text": "mine", "at": NOON,
            "answer": "",
        }
    ]  # fmt: skip
    assert [(row["report"], row["block"]) for row in found["report_texts"]] == [
        (made.number, "mine")
    ]
    assert [row["number"] for row in found["reports_started"]] == [made.number]
    assert (found["reports_cleared"], found["reports_issued"]) == ([], [])


def test_who_has_nothing_has_empty_parts():
    assert {name: rows for name, rows in parts(people.person()).items() if rows} == {}
