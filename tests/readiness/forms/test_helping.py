"""Forms of the help desk."""

from serai.readiness.forms.helping import AdvisoryForm, AskHelpForm, SayForm, TakeForm


def test_one_office_needs_no_choice_and_several_do():
    one = AskHelpForm(offices=[("a", "A")], plans=[])
    two = AskHelpForm(offices=[("a", "A"), ("b", "B")], plans=[])

    assert [code for code, _name in one.fields["office"].choices] == ["a"]
    assert [code for code, _name in two.fields["office"].choices] == ["", "a", "b"]
    assert (one.initial["kind"], one.initial["priority"]) == ("troubleshooting", "normal")


def test_what_lacks_is_named():
    form = AskHelpForm({}, offices=[], plans=[])

    assert sorted(form.errors) == ["kind", "office", "priority", "subject", "text"]


def test_a_message_may_stay_empty_and_a_technician_not():
    assert SayForm({}).is_valid()
    assert sorted(TakeForm({}, technicians=[]).errors) == ["technician"]


def test_question_and_answer_are_needed_in_one_language():
    assert sorted(AdvisoryForm({}).errors) == ["answer_en", "question_en"]
    assert AdvisoryForm({"question_ru": "Что?", "answer_en": "That."}).is_valid()
