"""The pen: sentences with gaps, cells, values."""

from types import SimpleNamespace

from serai.base.blocks import Number, Text, inline_text
from serai.reports.kinds.readiness.pen import Pen

PAGE = SimpleNamespace(office="o", assessment="a", edition=1, line=object())


def pen():
    return Pen(None, SimpleNamespace(edition=1, agencies=[PAGE]))


def test_a_sentence_takes_numbers_words_and_nothing_into_its_gaps():
    writer = pen()

    said = writer.say("%(n)s of %(all)s%(more)s.", n=writer.count("n", 2), all="all", more=None)

    assert inline_text(said) == "2 of all."
    assert [type(one) for one in said] == [Number, Text, Text, Text]
    assert inline_text(writer.say("Plain.")) == "Plain."


def test_an_empty_cell_holds_a_dash():
    assert inline_text(pen().cell(None).children) == "–"
    assert inline_text(pen().cell("x").children) == "x"


def test_values_are_choices_in_words_numbers_with_units_never_or_not_known():
    writer = pen()

    def said(value, words="", unit=""):
        found = writer.value(PAGE, f"{value}", "fact", value, words, unit)
        return found if isinstance(found, str) else found.text

    assert said("omni", "All round") == "All round"
    assert said(15.0, unit="Mbit/s") == "15\u00a0Mbit/s"
    assert said(2.96, unit="months") == "3\u00a0months"
    assert said(2.5) == "2.5"
    assert said(999.0, unit="months") == "never"
    assert said(None) == "not known"
