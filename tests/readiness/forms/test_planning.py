"""What a scenario's form takes and refuses."""

from decimal import Decimal

import pytest

from serai.readiness.forms.planning import ScenarioForm

GIVEN = {"name": "First", "budget": "1 000,50", "currency": "usd", "years": "3"}


def form(**fields) -> ScenarioForm:
    return ScenarioForm(
        GIVEN | fields,
        countries=[("GEO", "Georgia"), ("UZB", "Uzbekistan")],
        offices=[("abc", "Head office")],
        packages=[("LINK", "Faster line")],
        events=[("E1", "Small", Decimal(2)), ("E3", "Large", Decimal(8))],
    )


def test_a_form_reads_countries_floors_and_values():
    found = form(
        floor_GEO="E3", hosts_GEO="2", floor_UZB="E1", factor_GEO="1.5", cap_UZB="90",
        value_E3="9", packages=["LINK"], offices=["abc"],
    )  # fmt: skip

    assert found.is_valid()
    assert found.cleaned_data["budget"] == Decimal("1000.50")
    assert found.cleaned_data["currency"] == "USD"
    assert found.floors() == {"GEO": ("E3", 2), "UZB": ("E1", 1)}
    assert found.by_country("factor") == {"GEO": Decimal("1.5")}
    assert found.by_country("cap") == {"UZB": Decimal(90)}
    assert found.values() == {"E3": Decimal(9)}
    assert found.left_out() == ["LINK", "abc"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("budget", "-1"), ("budget", "much"), ("currency", "US"), ("currency", "12$"),
     ("years", "21"), ("floor_GEO", "E9"), ("hosts_GEO", "1.5"), ("factor_GEO", "0"),
     ("cap_UZB", "-5"), ("value_E3", "x"), ("packages", ["NONE"])],
)  # fmt: skip
def test_what_is_not_understood_is_refused_beside_its_field(field, value):
    found = form(**{field: value})

    assert not found.is_valid()
    assert list(found.errors) == [field]


def test_a_country_with_an_error_stands_open():
    found = form(cap_UZB="-5")

    assert [(name, is_open) for name, _fields, is_open in found.of_countries] == [
        ("Georgia", False), ("Uzbekistan", True)
    ]  # fmt: skip
    assert [one.name for one in found.first] == ["name", "budget", "currency", "years"]
    assert [one.name for one in found.of_left_out] == ["packages", "offices"]
    assert [one.name for one in found.of_events] == ["value_E1", "value_E3"]
