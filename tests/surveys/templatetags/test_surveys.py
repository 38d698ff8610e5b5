"""Choices and reasons as a page of questions draws them."""

from serai.surveys.queries.rows import ChoiceRow, QuestionRow
from serai.surveys.templatetags.surveys import choice_boxes, form_words, reason_options


def test_choices_are_boxes_and_their_words_stay_words():
    row = QuestionRow("/data/a@k1", "/data/a", "k1", "one", "A", "", "yes", "string")
    row.choices = [ChoiceRow("yes", "Yes & no", True), ChoiceRow('"', "<b>", False)]

    assert choice_boxes({}, row, "radio") == (
        '<label class="option chosen" data-choice="yes"><input type="radio" name="/data/a@k1" '
        'value="yes" checked data-answer><span>Yes &amp; no</span></label>'
        '<label class="option" data-choice="&quot;"><input type="radio" name="/data/a@k1" '
        'value="&quot;" data-answer><span>&lt;b&gt;</span></label>'
    )


def test_the_reason_given_is_chosen():
    reasons = [("not_known", "Not known"), ("later", "Later <on>")]

    assert reason_options(reasons, "later") == (
        '<option value="not_known">Not known</option>'
        '<option value="later" selected>Later &lt;on&gt;</option>'
    )


def test_words_of_another_language_carry_it_and_their_direction():
    other = {"is_other": True, "tag": "en", "direction": "ltr"}

    assert form_words({"is_other": False}, "A & b?") == "A &amp; b?"
    assert form_words(other, "A & b?") == ('<bdi class="long" lang="en" dir="ltr">A &amp; b?</bdi>')
    assert form_words(other, "") == ""
