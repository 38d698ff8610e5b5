"""What the forms of an edition take and refuse."""

from decimal import Decimal

import pytest

from serai.readiness.forms.frameworks import (
    CriterionForm,
    EventRowForm,
    PackageForm,
    PriceForm,
    WeightsForm,
)

NUMBER = {"key": "link.down_p5", "unit": "Mbit/s"}
CODES = {"key": "kit.microphone", "choices": ["omni", "gooseneck"]}
CRITERION = {
    "weight": "1", "threshold_1": "4", "threshold_2": "6,5", "threshold_3": "15", "lever": "link",
}  # fmt: skip


def test_thresholds_are_numbers_or_codes():
    of_numbers = CriterionForm(CRITERION, fact=NUMBER)
    of_codes = EventRowForm({"threshold": "gooseneck", "lever": "kit", "gate": "none"}, fact=CODES)

    assert of_numbers.is_valid()
    assert of_numbers.cleaned_data["threshold_2"] == 6.5
    assert of_codes.is_valid()
    assert of_codes.cleaned_data["threshold"] == "gooseneck"


@pytest.mark.parametrize(
    ("fact", "text", "sentence"),
    [
        (NUMBER, "much", "'much' is not a number."),
        (CODES, "9", "“9” is not one of: omni, gooseneck."),
        (NUMBER, "", "Write an answer here."),
    ],
)
def test_other_thresholds_are_refused(fact, text, sentence):
    form = EventRowForm({"threshold": text, "lever": "kit", "gate": "none"}, fact=fact)

    assert form.errors["threshold"][0].startswith(sentence)


def test_a_weight_is_above_zero():
    form = CriterionForm({**CRITERION, "weight": "0"}, fact=NUMBER)

    assert list(form.errors) == ["weight"]


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        (("60", "40"), []),
        (("60", "41"), ["The weights make 101, not 100. Change one of them."]),
    ],
)
def test_weights_make_a_hundred(given, errors):
    form = WeightsForm(
        dict(zip(("weight_C", "weight_I"), given, strict=True)),
        dimensions=[("C", "Link"), ("I", "Kit")],
    )

    assert list(form.non_field_errors()) == errors


def test_a_missing_weight_is_asked_for_without_a_sum():
    form = WeightsForm({"weight_C": "60"}, dimensions=[("C", "Link"), ("I", "Kit")])

    assert list(form.errors) == ["weight_I"]


def test_effects_are_one_a_line():
    form = PackageForm({"effects": "link.down_p5 = 25\n\nkit.dsp=yes", "lever": "kit"})

    assert form.is_valid()
    assert form.cleaned_data["effects"] == (("link.down_p5", 25.0), ("kit.dsp", "yes"))


def test_an_effect_that_is_not_understood_names_its_line():
    form = PackageForm({"effects": "kit.dsp = yes\nfaster", "lever": "kit"})

    assert form.errors["effects"] == ["Line 2: “faster” is not understood. Write fact = value."]


def test_a_price_has_at_most_two_digits_of_cents():
    given = {
        "package": "LINK", "country": "", "capex": "10.005", "currency": "USD",
        "priced_on": "2021-06-30", "source": "Offer",
    }  # fmt: skip
    kinds = {"packages": [("LINK", "LINK")], "countries": [("GEO", "Georgia")]}

    assert list(PriceForm(given, **kinds).errors) == ["capex"]
    good = PriceForm({**given, "capex": "10.05"}, **kinds)
    assert good.is_valid()
    assert good.cleaned_data["capex"] == Decimal("10.05")
