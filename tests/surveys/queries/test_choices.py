"""What a question may ever offer, although its filter leaves nothing before anything is answered."""

import io

import pytest
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.base.files import check_file
from serai.surveys import actions, queries
from serai.surveys.models import FormVersion

pytestmark = pytest.mark.django_db


def asked(version: FormVersion, language: str = "en"):
    (section,) = queries.preview(version, language)
    return section.questions[-1].choices


def test_choices_of_the_form_come_with_labels_in_each_language():
    row = form.row("select_one yes_no", "c", "Line?", ru="Линия?")

    version = form.handed_in(make.survey(code="offices"), form.markdown(row))

    assert asked(version) == (("yes", "Yes"), ("no", "No"))
    assert asked(version, "ru") == (("yes", "Да"), ("no", "Нет"))


def test_filtered_choices_are_all_shown():
    head = form.HEAD.replace("bind::serai:was", "choice_filter")
    rows = (
        form.row("text", "country", "Country", ru="Страна"),
        form.row("select_one yes_no", "c", "Line?", ru="Линия?", was="name = ${country}"),
    )
    text = form.markdown(*rows).replace(form.HEAD, head)

    version = form.handed_in(make.survey(code="offices"), text)

    assert asked(version) == (("yes", "Yes"), ("no", "No"))
    assert asked(version, "ru") == (("yes", "Да"), ("no", "Нет"))


def test_filtered_choices_of_a_file_are_all_shown():
    head = form.HEAD.replace("bind::serai:was", "choice_filter")
    rows = (
        form.row("text", "country", "Country", ru="Страна"),
        form.row("select_one_from_file cities.csv", "c", "City", ru="Город",
                 was="country = ${country}"),
    )  # fmt: skip
    by = form.officer()
    text = form.markdown(*rows, choices="").replace(form.HEAD, head)
    version = form.handed_in(make.survey(code="offices"), text, by)
    file = io.BytesIO(b"name,label,country\ntbs,Tbilisi,GEO\nosh,Osh,KGZ\n")
    checked = check_file(file, "cities.csv", kinds=("csv",))
    actions.add_file(version=version, checked=checked, by=by, now=make.NOON)

    assert asked(version) == (("tbs", "Tbilisi"), ("osh", "Osh"))
