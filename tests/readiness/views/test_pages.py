"""What the room's doors share: a refusal stands beside the field it names."""

from django import forms

from serai.base.access import Denied
from serai.readiness.actions import Refused
from serai.readiness.views.pages import crumbs, done


class OneField(forms.Form):
    name = forms.CharField()


def refuse(error):
    raise error


def test_a_refusal_stands_beside_its_field_or_above_all():
    for field, place in (("name", "name"), ("other", "__all__")):
        form = OneField({"name": "x"})
        form.is_valid()

        assert done(form, lambda field=field: refuse(Refused("No.", field))) is False
        assert form.errors == {place: ["No."]}


def test_what_one_may_not_do_is_said():
    form = OneField({"name": "x"})
    form.is_valid()

    assert done(form, lambda: refuse(Denied("may"))) is False
    assert list(form.errors) == ["__all__"]


def test_an_act_that_is_done():
    assert done(OneField({"name": "x"}), lambda: None) is True


def test_crumbs_end_on_the_page():
    assert [(one.title, one.address) for one in crumbs(("Plans", "/plans/"), title="One")] == [
        ("Readiness", "/en/readiness/"), ("Plans", "/plans/"), ("One", "")
    ]  # fmt: skip
