import pytest

from serai.readiness.forms.testing import ConsentForm, EntryForm, ReceiptsForm, is_wired


@pytest.mark.parametrize(("text", "said"), [("yes", True), ("no", False), ("", None), ("x", None)])
def test_cable_or_wifi(text, said):
    assert is_wired(text) is said


@pytest.mark.parametrize(
    ("text", "found"), [("[1, 2.5]", [1, 2.5]), ("", []), ("{}", []), ("nonsense", [])]
)
def test_echoes_are_a_list_or_nothing(text, found):
    form = ReceiptsForm({"idle": text, "loaded": text})

    assert form.is_valid()
    assert (form.cleaned_data["idle"], form.cleaned_data["loaded"]) == (found, found)


def test_one_point_is_not_asked_for():
    assert ConsentForm(points=[("p", "Manila")]).fields["point"].widget.is_hidden is True
    assert ConsentForm(points=[("p", "A"), ("q", "B")]).fields["point"].widget.is_hidden is False


def test_without_rooms_none_is_asked_for():
    assert "room" not in EntryForm().fields
    assert EntryForm(rooms=[("r", "Room")]).fields["room"].choices == [
        ("", "The whole office"), ("r", "Room"),
    ]  # fmt: skip
