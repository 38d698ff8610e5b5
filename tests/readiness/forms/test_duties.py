"""The form of a duty."""

from serai.readiness.forms.duties import DutyForm


def test_it_offers_people_and_says_what_each_duty_is():
    form = DutyForm(people=[("abc", "A Person")])

    assert form.fields["person"].choices == [("", ""), ("abc", "A Person")]
    assert [kind for kind, _words in form.fields["kind"].choices] == [
        "technician", "security_reader", "supplier",
    ]  # fmt: skip
    assert form.fields["kind"].choices[0][1].startswith("Technician: works at")


def test_a_person_who_was_not_offered_is_refused():
    form = DutyForm({"person": "xyz", "kind": "technician"}, people=[("abc", "A Person")])

    assert list(form.errors) == ["person"]
