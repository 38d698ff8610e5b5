"""One platform of a table, as it is given."""

from serai.calc.network.platforms import names
from serai.readiness.forms.platforms import NewPlatformForm, PlatformForm


def test_every_property_has_a_field_and_the_code_comes_first():
    assert set(names()) <= set(PlatformForm().fields)
    assert next(iter(NewPlatformForm().fields)) == "code"


def test_a_code_has_small_letters():
    form = NewPlatformForm({"code": "K Meet"})

    assert "code" in form.errors
