"""Who is written to about a report."""

import pytest
from tests.factories.members import person_with
from tests.factories.programme import initiative
from tests.factories.reports import NOON, run

from serai.base.mail import Attachment
from serai.reports import emails
from serai.reports.states import FileFormat, RunState

pytestmark = pytest.mark.django_db
SMALL = {("en", FileFormat.PDF): b"en", ("ru", FileFormat.PDF): b"ru"}
STORED = {("en", FileFormat.PDF): "reports/en", ("ru", FileFormat.PDF): "reports/ru"}


@pytest.fixture(autouse=True)
def virtual(db):
    return initiative("virtual-carec")


def issued(**fields):
    return run(RunState.ISSUED, **({"languages": ["en", "ru"]} | fields))


def told(of, people, files=SMALL) -> dict[str, object]:
    """Role to letter, of those people alone."""
    letters = {m.person_id: m for m in emails.report_issued(of, STORED, files, NOON)}
    return {role: letters[p.pk] for role, p in people.items() if p.pk in letters}


def test_focal_points_are_asked_for_remarks(people):
    made = run(RunState.IN_REVIEW)

    letters = emails.report_for_remarks(made, NOON)

    assert [m.person_id for m in letters] == [people["focal_point"].pk]
    (letter,) = letters
    assert letter.key == f"reports.for_remarks:{made.pk}:2021-07-07:{people['focal_point'].pk}"
    assert letter.facts == {
        "number": made.number, "as_of": made.as_of, "until": made.remarks_until,
    }  # fmt: skip
    assert (letter.link, letter.thing) == (
        f"/reports/{made.public_id}/remarks/", f"reports.run:{made.pk}",
    )  # fmt: skip


def test_a_second_review_is_a_second_letter(people):
    made = run(RunState.IN_REVIEW)
    first = emails.report_for_remarks(made, NOON)[0].key
    made.remarks_until = made.remarks_until.replace(day=12)

    assert emails.report_for_remarks(made, NOON)[0].key != first


def test_nobody_is_asked_to_remark_on_what_they_may_not_read(people):
    assert emails.report_for_remarks(run(RunState.IN_REVIEW, audience="secretariat"), NOON) == []


@pytest.mark.parametrize(
    ("audience", "roles"),
    [
        ("secretariat", {"officer", "coordinator"}),
        ("members", {"officer", "coordinator", "focal_point", "deputy", "committee"}),
        ("public", {"officer", "coordinator", "focal_point", "deputy", "committee"}),
    ],
)
def test_an_issued_report_is_told_to_its_readers(people, audience, roles):
    assert set(told(issued(audience=audience), people)) == roles


def test_everybody_is_told_once(people):
    from tests.factories.members import grant

    grant("coordinator", to=people["officer"])
    letters = emails.report_issued(issued(), STORED, SMALL, NOON)

    numbers = [letter.person_id for letter in letters]
    assert len(numbers) == len(set(numbers))


def test_the_pdf_comes_in_the_readers_language_if_it_is_made_in_it(people):
    for role, language in (("officer", "ru"), ("coordinator", "ka")):
        people[role].language = language
        people[role].save()
    made = issued()

    letters = told(made, people)

    assert letters["officer"].attachments == (
        Attachment(f"report-{made.number}.ru.pdf", "application/pdf", storage_key="reports/ru"),
    )
    assert letters["coordinator"].attachments == (
        Attachment(f"report-{made.number}.en.pdf", "application/pdf", storage_key="reports/en"),
    )


def test_a_large_pdf_is_not_attached(people):
    limit = emails.PDF_LIMIT_BYTES
    at, over = ({("en", FileFormat.PDF): bytes(size)} for size in (limit, limit + 1))
    made = issued(languages=["en"])

    assert len(told(made, people, at)["officer"].attachments) == 1
    assert told(made, people, over)["officer"].attachments == ()


def test_a_letter_names_the_fingerprint_and_the_sample(people):
    made = issued(sample=True)

    letter = told(made, people)["committee"]

    assert letter.facts == {
        "number": made.number, "as_of": made.as_of, "sha256": made.snapshot_sha256,
    }  # fmt: skip
    assert (letter.sample, letter.attachments[0].name) == (
        True, f"sample-report-{made.number}.en.pdf",
    )  # fmt: skip


def test_whoever_left_is_not_told():
    former = person_with("committee")
    former.grants.update(until_on=NOON.date().replace(day=1))
    made = issued()

    found = [m.person_id for m in emails.report_issued(made, STORED, SMALL, NOON)]

    assert former.pk not in found
