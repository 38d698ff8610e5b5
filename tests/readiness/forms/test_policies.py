"""The form of an organisation's word."""

from serai.readiness.forms.policies import PoliciesForm


def test_what_is_left_open_is_not_said():
    form = PoliciesForm({"zoom_low": "permitted", "zoom_high": ""}, platforms={"zoom": "Zoom"})

    assert form.is_valid()
    assert dict(form.said()) == {("zoom", "low"): "permitted"}
    assert list(form.fields) == ["zoom_low", "zoom_medium", "zoom_high", "source"]


def test_another_word_is_refused():
    form = PoliciesForm({"zoom_low": "perhaps"}, platforms={"zoom": "Zoom"})

    assert list(form.errors) == ["zoom_low"]
