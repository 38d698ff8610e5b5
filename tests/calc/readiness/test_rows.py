"""Rows of plain dictionaries, every fault with its row."""

from decimal import Decimal

import pytest

from serai.calc.readiness.ladder import Role
from serai.calc.readiness.rows import Row, as_value, read_rows


def row(**fields):
    return Row("criteria row 3 (C3)", fields, [])


def test_fields_of_every_kind():
    one = row(
        code="C3", weight=2, cost="1.50", count=3, shared=True, role="seat",
        name={"en": "Voice", "ru": "Речь"}, choices=["no", "yes"], thresholds=[4, "open"],
        limit=6, also=[{"fact": "a"}],
    )  # fmt: skip

    assert one.text("code") == "C3"
    assert (one.text("source", ""), one.number("weight"), one.number("none", 1.0)) == ("", 2.0, 1.0)
    assert (one.decimal("cost"), one.decimal("count")) == (Decimal("1.50"), Decimal(3))
    assert (one.flag("shared"), one.flag("absent")) == (True, False)
    assert one.choice("role", Role, Role.HOST) == Role.SEAT
    assert one.choice("absent", Role, Role.HOST) == Role.HOST
    assert one.texts("name") == {"en": "Voice", "ru": "Речь"}
    assert one.texts("absent") == {}
    assert one.list_of_texts("choices") == ("no", "yes")
    assert one.list_of_texts("absent") == ()
    assert one.values("thresholds") == (4.0, "open")
    assert one.value("limit") == 6.0
    assert [part.where for part in one.rows("also")] == ["criteria row 3 (C3), also row 1 (a)"]
    assert list(one.rows("absent")) == []
    one.refuse_others()
    assert one.faults == []


@pytest.mark.parametrize(
    ("read", "fields", "fault"),
    [
        (lambda one: one.text("code"), {}, "code must be text."),
        (lambda one: one.text("code"), {"code": ""}, "code must be text."),
        (lambda one: one.text("code", ""), {"code": 3}, "code must be text."),
        (lambda one: one.number("weight"), {}, "weight must be a number."),
        (lambda one: one.number("weight"), {"weight": True}, "weight must be a number."),
        (
            lambda one: one.decimal("value"), {"value": 1.5},
            "value must be a whole number, or an exact one in quotes.",
        ),
        (
            lambda one: one.decimal("value"), {"value": "much"},
            "value must be a whole number, or an exact one in quotes.",
        ),
        (lambda one: one.flag("link"), {"link": "yes"}, "link must be true or false."),
        (
            lambda one: one.choice("role", Role, Role.HOST), {"role": "guest"},
            "role 'guest' is not one of seat, room, speaker, host.",
        ),
        (lambda one: one.texts("name"), {"name": "Voice"}, "name must be words by language."),
        (lambda one: one.list_of_texts("choices"), {"choices": "no"}, "choices must be a list of texts."),
        (lambda one: one.list_of_texts("choices"), {"choices": [1]}, "choices must be a list of texts."),
        (lambda one: one.values("limits"), {}, "limits must be a list of numbers or codes."),
        (lambda one: one.values("limits"), {"limits": [True]}, "limits must be a list of numbers or codes."),
        (lambda one: one.refuse_others(), {"wieght": 3}, "'wieght' is not known here."),
    ],
)  # fmt: skip
def test_faults_name_row_and_field(read, fields, fault):
    one = row(**fields)

    read(one)

    assert one.faults == [f"criteria row 3 (C3): {fault}"]


def test_read_rows_notes_what_is_no_row():
    faults = []

    rows = list(read_rows([{"code": "A"}, 7, {"key": "k"}, {}], "facts", faults))

    assert [one.where for one in rows] == ["facts row 1 (A)", "facts row 3 (k)", "facts row 4"]
    assert faults == ["facts row 2: must be a row of fields."]
    assert list(read_rows("facts", "facts", faults)) == []
    assert faults[1:] == ["facts: must be a list of rows."]


@pytest.mark.parametrize(
    ("value", "read"), [(3, 3.0), (2.5, 2.5), ("open", "open"), (True, None), (None, None)]
)
def test_as_value(value, read):
    assert as_value(value) == read
