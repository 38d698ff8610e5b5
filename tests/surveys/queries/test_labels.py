"""Labels of a form's questions by path, in the reader's language."""

import pytest
from tests.factories import offices
from tests.factories import surveys as make

from serai.surveys.queries.forms import compiled
from serai.surveys.queries.labels import labels_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "name", "room", "tag"),
    [
        ("en", "Name of the office", "Room", "Its tag"),
        ("ru", "Название", "Зал", "Метка"),
        ("xx", "Name of the office", "Room", "Its tag"),
    ],
)
def test_questions_repeats_and_what_is_in_them_are_called_as_the_form_says(
    language, name, room, tag
):
    form = compiled(make.version(xform=offices.xform()))

    found = labels_of(form, language)

    assert [found[path] for path in (offices.NAME.path, offices.ROOM, offices.TAG)] == [
        name, room, tag,
    ]  # fmt: skip
    assert offices.COUNT not in found
    assert "/data/nowhere" not in found
