"""What was altered, removed or added is named; what was erased with its line is not."""

import hashlib
import io

import pytest
from django.db import connection
from tests.factories import offices
from tests.factories import surveys as make

from serai.base.access import NotFound
from serai.base.files import check_file, keep_checked
from serai.base.models import AuditEntry
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change
from serai.surveys.actions.proofs import digest, is_kept
from serai.surveys.models import Answer, AnswerHead, Response, Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers():
    """Two answers of one response, as their lead gave them."""
    asked = make.invitation()
    lead = viewer_of(asked.lead, make.NOON)
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    changes = [
        Change("c1", Ref("/data/office/name"), 0, "Agency"),
        Change("c2", Ref("/data/office/staff"), 0, "12"),
    ]
    actions.write_answers(response=response, changes=changes, by=lead, now=make.NOON)
    return [Answer.objects.get(client_id=name) for name in ("c1", "c2")]


def forge(sentence: str, *values: object) -> None:
    """Change a row as somebody would who gets round the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What waits to be checked at the end would keep the table from being altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE surveys_answer DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER surveys_answer_no_update")
            cursor.execute("DROP TRIGGER surveys_answer_no_delete")
        cursor.execute(sentence, values)


def test_nothing_is_named_where_all_is_as_it_was(answers):
    assert actions.altered_rows() == []


def test_an_altered_answer_is_named(answers):
    forge("UPDATE surveys_answer SET value = %s WHERE id = %s", "Forged", answers[0].pk)

    assert actions.altered_rows() == [named(answers[0])]


def named(row):
    return f"surveys.answer:{row.pk}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", "not_known"),
        ("path", "/data/office/phone"),
        ("entry", "x"),
        ("source", "calculation"),
        ("author_id", None),
        ("salt", "0" * 32),
    ],
)
def test_every_part_of_a_row_is_proved(answers, field, value):
    row = answers[0]
    if field == "reason":  # a value and a reason at once are refused by the table itself
        forge("UPDATE surveys_answer SET value = '', reason = %s WHERE id = %s", value, row.pk)
    else:
        forge(f"UPDATE surveys_answer SET {field} = %s WHERE id = %s", value, row.pk)

    assert named(row) in actions.altered_rows()


def test_a_line_of_the_first_recipe_still_verifies_its_value(answers):
    row = answers[0]
    old = hashlib.sha256(f"{row.salt}{row.value}".encode()).hexdigest()

    assert is_kept(row, old)
    row.value = "Forged"
    assert not is_kept(row, old)


def test_an_answer_erased_with_a_line_is_not_named(answers):
    actions.erase_answer(number=answers[0].pk, now=make.NOON)

    assert actions.altered_rows() == []
    row = Answer.objects.get(pk=answers[0].pk)
    assert (row.value, row.salt, row.path) == ("", "", "/data/office/name")
    line = AuditEntry.objects.get(verb="erase_answer")
    assert line.after == {
        "erased": {str(row.pk): digest(row)},
        "suggestions": [],
        "files": [],
        "submissions": [],
    }


def test_an_answer_emptied_without_a_line_is_named(answers):
    Answer.objects.filter(pk=answers[0].pk).update(value="", salt="")

    assert actions.altered_rows() == [named(answers[0])]


def test_what_is_left_of_an_erased_answer_is_proved(answers):
    actions.erase_answer(number=answers[0].pk, now=make.NOON)
    forge("UPDATE surveys_answer SET reason = 'not_held' WHERE id = %s", answers[0].pk)

    assert actions.altered_rows() == [named(answers[0])]


def test_erasing_twice_or_nothing_is_refused(answers):
    actions.erase_answer(number=answers[0].pk, now=make.NOON)

    with pytest.raises(actions.Refused, match="erased already"):
        actions.erase_answer(number=answers[0].pk, now=make.NOON)
    with pytest.raises(NotFound):
        actions.erase_answer(number=0, now=make.NOON)


def test_a_row_that_nobody_gave_is_named(answers):
    first = answers[0]
    stray = Answer.objects.create(
        response=first.response, path=first.path, value="Forged", form_version=first.form_version,
        source="web", client_id="forged", salt="ab",
    )  # fmt: skip

    assert named(stray) in actions.altered_rows()


def test_a_head_names_the_newest_row_of_its_place(answers):
    first, second = answers
    head = AnswerHead.objects.get(answer=first)
    AnswerHead.objects.filter(pk=head.pk).update(answer=second)

    assert actions.altered_rows() == [f"surveys.answerhead:{head.pk}"]
    head.delete()
    assert actions.altered_rows() == [named(first)]


def test_a_signature_is_proved_even_when_an_answer_was_erased():
    response, lead = offices.begun()
    offices.give(response, lead, offices.NAME, "Agency")
    offices.give(response, lead, offices.STAFF, "2")
    sign = offices.signed(response, lead).signatures.get()
    actions.erase_answer(number=response.answers.get(value="Agency").pk, now=make.NOON)

    assert actions.altered_rows() == []
    forge("DROP TRIGGER surveys_signoff_no_update" if connection.vendor == "sqlite" else
          "ALTER TABLE surveys_signoff DISABLE TRIGGER USER")  # fmt: skip
    forged = f"UPDATE surveys_signoff SET answers_hash = '{'0' * 64}' WHERE id = {sign.pk}"
    with connection.cursor() as cursor:
        cursor.execute(forged)
    assert actions.altered_rows() == [f"surveys.signoff:{sign.pk}"]


def test_a_row_slipped_in_before_a_signature_breaks_its_hash():
    response, lead = offices.begun()
    offices.give(response, lead, offices.NAME, "Agency")
    offices.give(response, lead, offices.STAFF, "2")
    sign = offices.signed(response, lead).signatures.get()
    gone = response.answers.get(value="Agency")
    AnswerHead.objects.filter(answer=gone).delete()
    forge("DELETE FROM surveys_answer WHERE id = %s", gone.pk)

    assert actions.altered_rows() == [named(gone), f"surveys.signoff:{sign.pk}"]


def test_made_up_answers_go_without_a_word(answers):
    response = answers[0].response
    Response.objects.filter(pk=response.pk).update(sample=True)
    again = [Change("c3", Ref("/data/office/staff"), answers[1].pk, "13")]
    lead = viewer_of(response.invitation.lead, make.NOON)
    actions.write_answers(response=response, changes=again, by=lead, now=make.NOON)
    forge("UPDATE surveys_answer SET sample = %s", True)

    Response.objects.get(pk=response.pk).delete()

    assert actions.altered_rows() == []


def test_erasing_takes_the_same_words_and_the_file_along(answers):
    row = answers[0]
    kept = check_file(io.BytesIO(b"name\nx\n"), "list.csv", kinds=("csv",))
    stored = keep_checked(
        checked=kept, thing=f"surveys.response:{row.response_id}", by=None, now=make.NOON
    )
    named = Answer.objects.create(
        response=row.response, path="/data/office/letter", value=f"{stored.public_id} list.csv",
        form_version=row.form_version, source="web", client_id="file", salt="s",
    )  # fmt: skip
    same, other = (
        Suggestion.objects.create(
            response=row.response, path=row.path, entry=row.entry, value=value, note="n",
            at=make.NOON, origin="delegate", client_id=value[:40],
        )
        for value in (row.value, "Other words")
    )  # fmt: skip

    actions.erase_answer(number=row.pk, now=make.NOON)
    actions.erase_answer(number=named.pk, now=make.NOON)

    for one in (same, other, stored):
        one.refresh_from_db()
    assert (same.value, same.note, other.value) == ("", "", "Other words")
    assert (stored.state, stored.storage_key) == ("removed", "")


def sent(response, key, number, text, old=""):
    """Hand in an instance with one text from a device."""
    before = f"<deprecatedID>uuid:{old}</deprecatedID>" if old else ""
    xml = (
        f'<data id="offices" version="1"><office><name>{text}</name><staff>2</staff><phone/>'
        f"</office><line><mbps/></line><meta><instanceID>uuid:{number}</instanceID>{before}</meta>"
        "</data>"
    )
    received = actions.receive(key=key, parcel=actions.Parcel(xml.encode()), now=make.NOON)
    if received.submission is not None:
        actions.apply_submission(submission_id=received.submission.pk, now=make.NOON)
    return received


def test_erasing_empties_what_devices_handed_in_with_it_and_nothing_else():
    response, lead = offices.begun()
    key, _secret = actions.make_key(
        invitation=response.invitation, name="Tablet", by=lead, now=make.NOON
    )
    other, its_lead = offices.begun(response.version)
    others_key, _secret = actions.make_key(
        invitation=other.invitation, name="Tablet", by=its_lead, now=make.NOON
    )
    first = sent(response, key, 1, "Jane Roe").submission
    stays = sent(other, others_key, 2, "Jane Roe").submission

    actions.erase_answer(number=response.answers.get(value="Jane Roe").pk, now=make.NOON)

    first.refresh_from_db()
    stays.refresh_from_db()
    line = AuditEntry.objects.get(verb="erase_answer")
    assert (bytes(first.xml), first.sha256, first.step.state) == (b"", "", "applied")
    assert b"Jane Roe" in bytes(stays.xml)
    assert line.after["submissions"] == [first.pk]
    assert actions.altered_rows() == []
    actions.apply_submission(submission_id=first.pk, now=make.NOON)
    assert sent(response, key, 1, "Jane Roe").told == "conflict"
    assert not response.answers.filter(value="Jane Roe").exists()


def test_a_correction_of_what_is_erased_stands_beside_the_answers():
    response, lead = offices.begun()
    key, _secret = actions.make_key(
        invitation=response.invitation, name="Tablet", by=lead, now=make.NOON
    )
    sent(response, key, 1, "Jane Roe")
    actions.erase_answer(number=response.answers.get(value="Jane Roe").pk, now=make.NOON)
    offices.give(response, lead, offices.NAME, "Agency")

    sent(response, key, 3, "The agency", old=1)

    assert offices.stands(response)[offices.NAME] == "Agency"
    assert [one.value for one in response.suggestions.all()] == ["The agency"]
