from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from serai.base.forms import fields


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("50", "50"),
        (" 1 234,5 ", "1234.5"),
        ("1\u202f234.5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("\u22123", "-3"),
        ("0,125", "0.125"),
        ("3,5", "3.5"),
        ("007", "7"),
    ],
)
def test_read_number_takes_what_people_write(text, number):
    assert fields.read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("fast", "'fast' is not a number. Write digits only, such as 50."),
        ("1,234", "'1,234' could mean two numbers. Write 1234 or 1.234."),
        ("1.2.3", "'1.2.3' is not a number. Write digits only, such as 50."),
        ("NaN", "'NaN' is not a number. Write digits only, such as 50."),
        ("1e9", "'1e9' is not a number. Write digits only, such as 50."),
        ("٣", "'٣' is not a number. Write digits only, such as 50."),
        ("--1", "'--1' is not a number. Write digits only, such as 50."),
        (".5", "'.5' is not a number. Write digits only, such as 50."),
        ("1,23,4", "'1,23,4' is not a number. Write digits only, such as 50."),
    ],
)
def test_read_number_refuses_and_says_what_to_do(text, sentence):
    with pytest.raises(ValidationError) as refused:
        fields.read_number(text)

    assert refused.value.messages == [sentence]


def test_read_number_refuses_an_endless_one():
    with pytest.raises(ValidationError):
        fields.read_number("9" * 5_000)


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        (fields.NumberField(least=0), "-1", "Enter 0 or more."),
        (fields.NumberField(most=100), "101", "Enter 100 or less."),
        (fields.WholeNumberField(), "2.5", "Write at most 0 digits after the point."),
        (fields.NumberField(), "", "Enter a number."),
        (fields.LineField(), "", "Write an answer here."),
        (fields.LineField(max_length=3), "abcd", "Shorten this to 3 signs; it has 4."),
        (fields.MailField(), "nobody", "Write an e-mail address such as name@example.org."),
        (fields.DayField(), "31 June", "This is not a day. Write it as 2021-06-30."),
        (fields.DayField(latest=date(2021, 6, 30)), "2021-07-01", "Enter 2021-06-30 or earlier."),
        (fields.DayField(earliest=date(2021, 6, 30)), "2021-06-01", "Enter 2021-06-30 or later."),
        (fields.OneOfField(choices=[("a", "A")]), "", "Choose one."),
        (
            fields.OneOfField(choices=[("a", "A")]),
            "b",
            "'b' is not one of the choices. Choose again.",
        ),
        (fields.PickField(choices=[("a", "A")]), "", "Choose one."),
        (fields.SeveralOfField(choices=[("a", "A")]), [], "Choose at least one."),
        (fields.YesField(), "", "Confirm this to go on."),
        (fields.UploadField(), None, "Choose a file."),
    ],
)
def test_field_says_what_is_wrong_and_what_to_do(field, text, sentence):
    with pytest.raises(ValidationError) as refused:
        field.clean(text)

    assert refused.value.messages == [sentence]


def test_whole_number_is_an_int():
    assert fields.WholeNumberField().clean("12") == 12


def test_empty_number_is_missing():
    assert fields.NumberField(required=False).clean("") is None


def test_stored_number_is_shown_without_needless_zeros():
    assert fields.NumberField().prepare_value(Decimal("50.00")) == "50"


def test_text_loses_hidden_signs():
    field = fields.LineField()

    assert field.clean("a\u202eb\x00c") == "abc"


def test_words_are_read():
    field = fields.WordsField(read=lambda words: words.upper())

    assert field.clean("end of june") == "END OF JUNE"


def test_words_that_are_not_understood_say_why():
    def read(words: str) -> object:
        raise ValueError("Not understood: write a day.")

    with pytest.raises(ValidationError) as refused:
        fields.WordsField(read=read).clean("summer")

    assert refused.value.messages == ["Not understood: write a day."]


def test_no_words_are_nothing():
    assert fields.WordsField(read=str, required=False).clean("") is None
