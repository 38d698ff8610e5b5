"""What a refusal says stands beside its field."""

import pytest
from django import forms

from serai.base.access import Denied
from serai.base.text import TranslatedText
from serai.readiness.actions import Faulty, Refused
from serai.readiness.views.shared import crumbs, done, named


class OneForm(forms.Form):
    file = forms.CharField()


def raising(error):
    def act():
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "errors"),
    [
        (Faulty(("a", "b"), "file"), {"file": ["a", "b"]}),
        (Faulty(("a",)), {"__all__": ["a"]}),
        (Refused("no", "file"), {"file": ["no"]}),
        (Refused("no", "other"), {"__all__": ["no"]}),
        (Denied("x"), {"__all__": ["You may not do this here. Choose something of your own."]}),
    ],
)
def test_a_refusal_stays_with_the_form(error, errors):
    form = OneForm({"file": "x"})

    assert not done(form, raising(error))
    assert form.errors == errors


def test_what_is_done_is_done():
    assert done(OneForm({"file": "x"}), lambda: None)


def test_the_way_back_begins_at_the_room_and_the_framework():
    found = crumbs(("Prices", "/p/"), title="New")

    assert [(one.title, one.address) for one in crumbs()] == [
        ("Readiness", "/en/readiness/"), ("Readiness framework", ""),
    ]  # fmt: skip
    assert [(one.title, one.address) for one in found] == [
        ("Readiness", "/en/readiness/"), ("Readiness framework", "/en/readiness/frameworks/"), ("Prices", "/p/"), ("New", ""),
    ]  # fmt: skip
    assert named(TranslatedText.of("Edition")) == "Edition"
